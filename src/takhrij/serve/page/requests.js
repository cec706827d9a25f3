// What is asked of the service. A text is {name, data, without}: bytes, as they were
// pasted or stood in a file, and the sources that are left out.
import { language, say } from "./strings.js";

/** A refusal, in the words of the service. */
export class Refused extends Error {}

/** The report ("check") or the map ("map") of a text in a format: {blob, ending}. A map may be given for a text. */
export const ask = async (what, text, format, fields = []) => {
  const answer = await post(what, text, format, "*/*", fields);
  const name = /filename="\w+(\.[^"]*)"/.exec(answer.headers.get("Content-Disposition") ?? "");
  return { blob: await answer.blob(), ending: name?.[1] ?? ".json" };
};

/** The like as text, told on the way how far the work is: `progress` is called with a stage and the share done. */
export const follow = async (what, text, format, progress) => {
  const answer = await post(what, text, format, "application/x-ndjson");
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let kept = ""; ;) {
    const { done, value } = await reader.read();
    if (done) throw new Refused(say("unreachable"));
    const lines = (kept + value).split("\n");
    kept = lines.pop();
    for (const line of lines) {
      const told = JSON.parse(line);
      if (told.error) throw new Refused(worded(told.error));
      if (told.answer !== undefined) return told.answer;
      if (told.progress) progress(told.progress.stage, told.progress.done / (told.progress.total || 1));
    }
  }
};

/** The formats that reports or maps are written in. */
export const formats = async (what) => {
  const described = await (await fetch("/openapi.json")).json();
  const { schema } = described.paths[`/api/${what}`].post.parameters.find(({ name }) => name === "format");
  return schema.enum.filter((format) => format !== "ndjson");
};

const post = async (what, { name, data, without = [] }, format, accept, fields = []) => {
  const body = new FormData();
  for (const [key, value] of [...fields, ...without.map((id) => ["without", id])]) body.append(key, value);
  body.append("file", new Blob([data]), name);
  const query = new URLSearchParams({ format, language });
  let answer;
  try {
    answer = await fetch(`/api/${what}?${query}`, { method: "POST", body, headers: { Accept: accept } });
  } catch {
    throw new Refused(say("unreachable"));
  }
  if (answer.ok) return answer;
  const told = await answer.json().catch(() => ({}));
  throw new Refused(worded(told.error ?? { message: `${answer.status} ${answer.statusText}` }));
};

const worded = ({ message, advice }) => [message, advice].filter(Boolean).join(" ");
