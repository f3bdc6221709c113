/**
 * The forms that log lines have in files and with `--use-json`: those of oslo.log.
 *
 * @module
 */
import { inOneLine, jsonText } from "../../text/printable.ts";
import type { LogRecord } from "./log.ts";

const padded = (number: number, length = 2) => String(number).padStart(length, "0");

const name = (date: Date, options: Intl.DateTimeFormatOptions) =>
  date.toLocaleDateString("en-US", options);

const MILLISECONDS_A_DAY = 86_400_000;

function dayOfYear(date: Date): number {
  const midnight = new Date(date.getFullYear(), date.getMonth(), date.getDate());
  const newYear = new Date(date.getFullYear(), 0, 1);
  return Math.round((midnight.getTime() - newYear.getTime()) / MILLISECONDS_A_DAY) + 1;
}

function zone(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const sign = minutes < 0 ? "-" : "+";
  return sign + padded(Math.floor(Math.abs(minutes) / 60)) + padded(Math.abs(minutes) % 60);
}

/** The codes of strftime, in the C locale. */
const CODES: Readonly<Record<string, (date: Date) => string>> = {
  a: (date) => name(date, { weekday: "short" }),
  A: (date) => name(date, { weekday: "long" }),
  b: (date) => name(date, { month: "short" }),
  B: (date) => name(date, { month: "long" }),
  d: (date) => padded(date.getDate()),
  e: (date) => String(date.getDate()).padStart(2),
  f: (date) => padded(date.getMilliseconds() * 1000, 6),
  F: (date) => formatTime(date, "%Y-%m-%d"),
  H: (date) => padded(date.getHours()),
  I: (date) => padded(date.getHours() % 12 || 12),
  j: (date) => padded(dayOfYear(date), 3),
  m: (date) => padded(date.getMonth() + 1),
  M: (date) => padded(date.getMinutes()),
  n: () => "\n",
  p: (date) => date.getHours() < 12 ? "AM" : "PM",
  s: (date) => String(Math.floor(date.getTime() / 1000)),
  S: (date) => padded(date.getSeconds()),
  t: () => "\t",
  T: (date) => formatTime(date, "%H:%M:%S"),
  y: (date) => padded(date.getFullYear() % 100),
  Y: (date) => String(date.getFullYear()),
  z: zone,
  "%": () => "%",
};

/** A time in the codes of strftime; unknown codes stay as they are. */
export function formatTime(date: Date, format: string): string {
  return format.replace(/%(.)/g, (code, letter) => CODES[letter]?.(date) ?? code);
}

/** A record as one line of a log file. */
export function fileLine(record: LogRecord, dateFormat: string): string {
  const { level, logger, message, time } = record;
  const when = `${inOneLine(formatTime(time, dateFormat))}.${padded(time.getMilliseconds(), 3)}`;
  return `${when} ${Deno.pid} ${level} ${logger} [-] ${message}\n`;
}

/** A record as a JSON object on one line, with the names that oslo.log's JSON formatter has. */
export function jsonLine(record: LogRecord, dateFormat: string): string {
  const { level, logger, message, time } = record;
  return `${
    jsonText({
      message,
      asctime: formatTime(time, dateFormat),
      msecs: time.getMilliseconds(),
      name: logger,
      levelname: level,
      process: Deno.pid,
    })
  }\n`;
}
