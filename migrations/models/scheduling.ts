/**
 * What the engine keeps for itself: work for later, locks, and its state.
 *
 * @module
 */
import {
  boolean,
  column,
  datetime,
  integer,
  mediumText,
  string,
  text,
} from "../../lib/operations/columns.ts";
import type { Operation } from "../../lib/operations/operation.ts";
import { createTable } from "../../lib/operations/vocabulary.ts";
import { timestamps } from "./columns.ts";

/** Tables that the engine keeps for itself. */
export const scheduling: readonly Operation[] = [
  createTable("delayed_calls_v2", {
    columns: [
      ...timestamps,
      column("id", string(36), { nullable: false }),
      column("factory_method_path", string(200)),
      column("target_method_name", string(80), { nullable: false }),
      column("method_arguments", text),
      column("serializers", text),
      column("auth_context", mediumText),
      column("execution_time", datetime, { nullable: false }),
      column("processing", boolean, { nullable: false }),
      column("key", string(250)),
    ],
    primaryKey: ["id"],
    indexes: {
      delayed_calls_v2_processing_execution_time: ["processing", "execution_time"],
      delayed_calls_v2_execution_time: ["execution_time"],
    },
  }),
  createTable("scheduled_jobs_v2", {
    columns: [
      ...timestamps,
      column("id", string(36), { nullable: false }),
      column("run_after", integer),
      column("target_factory_func_name", string(200)),
      column("func_name", string(80)),
      column("func_args", text),
      column("func_arg_serializers", text),
      column("auth_ctx", text),
      column("execute_at", datetime, { nullable: false }),
      column("captured_at", datetime),
      column("key", string(250)),
    ],
    primaryKey: ["id"],
    indexes: {
      scheduled_jobs_v2_execute_at_captured_at: ["execute_at", "captured_at"],
      scheduled_jobs_v2_key: ["key"],
    },
  }),
  createTable("named_locks", {
    columns: [
      ...timestamps,
      column("id", string(36), { nullable: false }),
      column("name", string(255)),
    ],
    primaryKey: ["id"],
    uniques: [["name"]],
  }),
  createTable("mistral_metrics", {
    columns: [
      ...timestamps,
      column("id", integer, { nullable: false, autoincrement: true }),
      column("name", string(255), { nullable: false }),
      column("value", string(255), { nullable: false }),
    ],
    primaryKey: ["id"],
    uniques: [["name"]],
  }),
];
