// The file does not leave the phone: its hash is computed here. Without this script, or over http, it is posted.
const form = document.getElementById("compare");

if (form && window.crypto && crypto.subtle) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const file = document.getElementById("file").files[0];
    if (!file) return;
    const bytes = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    const hash = [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const same = form.dataset.files.split(" ").includes(hash);
    document.getElementById("same").hidden = !same;
    document.getElementById("other").hidden = same;
  });
}
