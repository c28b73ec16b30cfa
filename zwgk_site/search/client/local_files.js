/**
 * Files of an index in a folder on disk: scripts that hand their bytes over as text of windows-1252. Not needed on http.
 */
(() => {
  'use strict';

  /** What a browser decodes the bytes 80 to 9F of windows-1252 to. */
  const HIGH = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, at) => 128 + at));

  /** @type {Zwgk['bytesOfText']} */
  const bytesOfText = (text) => {
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < bytes.length; at += 1) {
      const code = text.charCodeAt(at);
      bytes[at] = code < 256 ? code : 128 + HIGH.indexOf(text[at]);
    }
    return bytes;
  };

  /** Payloads that scripts have handed over, by name, until they are asked for. @type {Map<string, Uint8Array>} */
  const received = new Map();
  globalThis.S = (name, payload) => {
    received.set(name, bytesOfText(payload));
  };

  /** @type {Zwgk['readLocal']} */
  const readLocal = async (base, file) => {
    await zwgk.runScript(base, file, 'windows-1252');
    return received;
  };

  Object.assign(zwgk, { bytesOfText, readLocal });
})();
