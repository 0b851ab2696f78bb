// The same form and answers through @getodk/xforms-engine, headless: node web_forms.mjs NODE_MODULES form.xml answers.json
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';

const [modules, form, answers] = process.argv.slice(2);
const { JSDOM } = createRequire(join(modules, 'x.js'))('jsdom');
const { window } = new JSDOM('<!doctype html>', { url: 'http://localhost/' });
const names = 'DOMParser XMLSerializer Node Element Attr Document XMLDocument Text CDATASection Comment ProcessingInstruction ' +
  'DocumentFragment CharacterData NodeFilter XPathResult NamedNodeMap HTMLElement document FileReader';
for (const name of names.split(' ')) globalThis[name] ??= window[name];
globalThis.window ??= window;
globalThis.__dirname ??= '/'; // a library inside expects CommonJS
const engine = await import(pathToFileURL(join(modules, '@getodk/xforms-engine/dist/index.js')).href);

const begun = performance.now();
const { root } = await engine.createInstance(readFileSync(form, 'utf8'), {
  form: { fetchFormAttachment: async () => new Response('', { status: 404 }), missingResourceBehavior: engine.constants.MISSING_RESOURCE_BEHAVIOR.BLANK },
});
const load = performance.now() - begun;

function* walk(node) { yield node; for (const child of node.currentState.children ?? []) yield* walk(child); }
const nodes = new Map([...walk(root)].map((node) => [node.currentState.reference, node]));
const put = (node, value) => node.nodeType === 'select' ? node.selectValues(value.split(' '))
  : node.setValue(node.valueType === 'int' ? BigInt(value) : value);
const times = [], refused = [];
for (const [reference, value] of JSON.parse(readFileSync(answers, 'utf8'))) {
  const node = nodes.get(reference), start = performance.now();
  if (node.currentState.relevant) put(node, value); else refused.push(reference);
  times.push(performance.now() - start);
}
console.log(JSON.stringify({ load_ms: load, times_ms: times, refused: refused.length }));
process.exit(0);
