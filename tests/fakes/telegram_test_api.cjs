// Runs the emulator telegram-test-api, with what it lacks of the Bot API put in front of it.
// node telegram_test_api.cjs PORT
const express = require("express");
const TelegramServer = require("telegram-test-api");

const port = Number(process.argv[2]);
const emulator = new TelegramServer({ port, host: "127.0.0.1" });
const unconfirmed = new Map(); // by token: it forgets an update as soon as it was asked for, whatever the offset says

// It counts in milliseconds.
const addBotMessage = emulator.addBotMessage.bind(emulator);
emulator.addBotMessage = (...given) => {
  const message = addBotMessage(...given);
  return { ...message, date: Math.floor(message.date / 1000) };
};

async function updates(token, offset, seconds) {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const kept = (unconfirmed.get(token) ?? []).filter((update) => update.update_id >= offset);
    const all = [...kept, ...emulator.getUpdates(token)];
    unconfirmed.set(token, all);
    if (all.length || Date.now() >= until) return all;
    await new Promise((resolve) => setTimeout(resolve, 20)); // it knows no long poll
  }
}

const repaired = express();
repaired.use(express.json(), express.urlencoded({ extended: true }));
repaired.all("/bot:token/getUpdates", async (request, response) => {
  const { offset = 0, timeout = 0 } = request.body;
  response.json({ ok: true, result: await updates(request.params.token, Number(offset), Number(timeout)) });
});
repaired.all("/bot:token/getMe", (_request, response) => {
  response.json({ ok: true, result: { id: 666, is_bot: true, first_name: "Test", username: "TestNameBot" } });
});
repaired.all("/bot:token/setMyCommands", (_request, response) => response.json({ ok: true, result: true }));
repaired.use(emulator.webServer);
repaired.listen(port, "127.0.0.1", () => console.log("ready"));
