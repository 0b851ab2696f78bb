// Recordings by name, kept in the browser until they are sent; where it keeps nothing, in memory.

const memory = new Map();
const opened = new Promise((resolve) => {
  try {
    const asked = indexedDB.open("mrgvali-sounds", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("sounds");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => resolve(null);
  } catch {
    resolve(null);
  }
});

async function act(mode, what) {
  const db = await opened;
  if (!db) return undefined;
  return new Promise((resolve) => {
    const asked = what(db.transaction("sounds", mode).objectStore("sounds"));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => resolve(undefined);
  });
}

export const sounds = {
  async set(name, file) { memory.set(name, file); await act("readwrite", (shelf) => shelf.put(file, name)); },
  async get(name) { return memory.get(name) || act("readonly", (shelf) => shelf.get(name)); },
  async remove(name) { memory.delete(name); await act("readwrite", (shelf) => shelf.delete(name)); },
};
