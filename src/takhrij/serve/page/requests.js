// What is asked of the service. A text is {name, data}: bytes, as they were pasted or stood in a file.
import { language, say } from "./strings.js";

/** A refusal, in the words of the service. */
export class Refused extends Error {}

/** The report of a text in a format, as a Blob; `progress` is called with (stage, share done). */
export const check = (text, format, progress) => ask("check", text, format, progress);

/** The map of a text in a format, or a map in another form, as a Blob. */
export const map = (text, format, progress) => ask("map", text, format, progress);

const ask = async (what, { name, data }, format, progress) => {
  const form = new FormData();
  form.append("file", new Blob([data]), name);
  let answer;
  try {
    answer = await fetch(`/api/${what}?${new URLSearchParams({ format, language })}`, { method: "POST", body: form });
  } catch {
    throw new Refused(say("unreachable"));
  }
  if (!answer.ok) throw new Refused(await reason(answer));
  return answer.blob();
};

const reason = async (answer) => {
  const told = (await answer.json().catch(() => ({}))).error ?? {};
  return [told.message ?? `${answer.status} ${answer.statusText}`, told.advice].filter(Boolean).join(" ");
};
