// A link or a file that reproduces a result: the text itself, compressed, and the versions that it was checked with.
// Nothing of it is stored anywhere else; the part of an address behind # is not even sent to the server.
const FORMAT = "takhrij link 1";
const LONGEST = 16000; // characters of an address, which every browser opens
const MOST = 32 * 2 ** 20; // bytes that a link may unpack to

const through = (data, stream) => new Blob([data]).stream().pipeThrough(stream);

const packed = async (data) => {
  const bytes = new Uint8Array(await new Response(through(data, new CompressionStream("deflate-raw"))).arrayBuffer());
  let letters = "";
  for (let at = 0; at < bytes.length; at += 4096) letters += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

const unpacked = async (text) => {
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const reader = through(Uint8Array.from(letters, (one) => one.charCodeAt(0)), new DecompressionStream("deflate-raw")).getReader();
  const parts = [];
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts).arrayBuffer();
    size += value.length;
    if (size > MOST) throw new RangeError("too large");
    parts.push(value);
  }
};

const fields = async ({ name, data, without, version, fingerprint }) =>
  ({ format: FORMAT, version, fingerprint, name, ...(without.length && { without: without.join(",") }), text: await packed(data) });

/** The address that reproduces a result, or null where the text is too long for one. */
export const address = async (result) => {
  const { format, ...given } = await fields(result);
  const link = new URL(location.pathname, location.href);
  link.hash = new URLSearchParams(given).toString();
  return link.href.length <= LONGEST ? link.href : null;
};

/** The like as a file. */
export const file = async (result) => new Blob([JSON.stringify(await fields(result), null, 2), "\n"], { type: "application/json" });

/** What an address or such a file holds: {name, data, without, version, fingerprint}; null where it holds no text. Throws where it is damaged. */
export const read = async (given) => {
  if (!given?.text) return null;
  const { name = "", version = "", fingerprint = "", without = "" } = given;
  return { name, data: await unpacked(given.text), without: without.split(",").filter(Boolean), version, fingerprint };
};

export const inAddress = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));

/** The fields of a saved file, null where these bytes are something else. */
export const inFile = (data) => {
  const text = new TextDecoder().decode(data.slice(0, 64));
  if (!/^\s*\{\s*"format":\s*"takhrij link /.test(text)) return null;
  return JSON.parse(new TextDecoder().decode(data));
};
