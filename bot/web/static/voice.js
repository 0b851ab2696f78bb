// Records what is said until the button is pressed again, or five minutes have passed.

const LONGEST = 5 * 60 * 1000;
const TYPES = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"]; // the first plays as a voice message everywhere

// `button.stop` ends it. Gives a file; fails where there is no microphone, or it may not be used.
export async function record(button, begun) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, { ...(mimeType && { mimeType }), audioBitsPerSecond: 24000 });
  const parts = [];
  const ended = new Promise((resolve) => { recorder.onstop = resolve; });
  recorder.ondataavailable = ({ data }) => { if (data.size) parts.push(data); };
  const timer = setTimeout(() => recorder.state === "recording" && recorder.stop(), LONGEST);
  button.stop = () => recorder.state === "recording" && recorder.stop();
  recorder.start();
  begun();
  await ended;
  clearTimeout(timer);
  stream.getTracks().forEach((track) => track.stop());
  const type = recorder.mimeType.split(";")[0];
  return new File(parts, `voice.${type.split("/")[1]}`, { type });
}
