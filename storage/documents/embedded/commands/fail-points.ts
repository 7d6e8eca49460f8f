import { Int32 } from 'bson';
import { isNumeric, toDouble } from '../bson/numbers.ts';
import { type Doc, doc, type Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { isTruthy } from '../query/predicates.ts';
import type { Client } from '../wire/server.ts';
import type { Call, Command } from './command.ts';
import { ok } from './reply.ts';

/** A fault that is switched on. */
interface Fault {
  data: Doc;
  /** Commands that are spared before it strikes, and those that it strikes then. */
  skips: number;
  times: number;
}

function count(value: Value): number {
  return isNumeric(value) ? toDouble(value) : 0;
}

/** The fault that a mode switches on; undefined for `off`. @throws CommandError BadValue when there is no such mode */
function faultOf(mode: Value, data: Doc): Fault | undefined {
  if (mode === 'off') return undefined;
  if (mode === 'alwaysOn') return { data, skips: 0, times: Number.POSITIVE_INFINITY };
  if (mode instanceof Map && mode.has('times')) return { data, skips: 0, times: count(mode.get('times')) };
  if (mode instanceof Map && mode.has('skip'))
    return { data, skips: count(mode.get('skip')), times: Number.POSITIVE_INFINITY };
  throw new CommandError('BadValue', 'mode must be off, alwaysOn, times or skip');
}

/** Whether a fault is for a command of a client. */
function concerns({ data }: Fault, name: string, client: Client): boolean {
  const commands = data.get('failCommands');
  const application = data.get('appName');
  return (
    Array.isArray(commands) &&
    commands.includes(name) &&
    (application === undefined || application === client.application)
  );
}

/** Whether a command, or the cursor that it continues, has a time limit. */
function isLimited({ name, command, cursors }: Call): boolean {
  const id = command.get('getMore');
  if (name === 'getMore' && typeof id === 'bigint') return cursors.get(id).timeLeft > 0;
  return count(command.get('maxTimeMS')) > 0;
}

/**
 * Faults that a test suite asks for by `configureFailPoint`, as from a MongoDB that was started with test commands:
 * `failCommand` (https://github.com/mongodb/mongo/wiki/The-failCommand-fail-point) and `maxTimeAlwaysTimeOut`.
 */
export class FailPoints {
  private readonly faults = new Map<string, Fault | undefined>([
    ['failCommand', undefined],
    ['maxTimeAlwaysTimeOut', undefined],
  ]);

  /** The command `configureFailPoint`. */
  configure(call: Call): Doc {
    const name = String(call.command.get(call.name));
    if (!this.faults.has(name)) throw new CommandError('BadValue', `Cannot find fail point ${name}`);
    const data = call.command.get('data');
    this.faults.set(name, faultOf(call.command.get('mode'), data instanceof Map ? data : new Map()));
    return ok({ count: new Int32(0) });
  }

  /** What is to befall a command; undefined mostly. */
  private strike(name: string, client: Client): Doc | undefined {
    const fault = this.faults.get('failCommand');
    if (!fault || !concerns(fault, name, client)) return undefined;
    if (fault.skips-- > 0) return undefined;
    fault.skips = 0;
    if (--fault.times <= 0) this.faults.set('failCommand', undefined);
    return fault.data;
  }

  /** Runs a command, or lets it fail as it was asked for. @throws CommandError */
  async around(call: Call, command: Command): Promise<Doc> {
    const { client } = call;
    if (this.faults.get('maxTimeAlwaysTimeOut') && isLimited(call))
      throw new CommandError('MaxTimeMSExpired', 'operation exceeded time limit');
    const data = this.strike(call.name, client);
    if (!data) return command(call);
    if (isTruthy(data.get('blockConnection')))
      await new Promise((resolve) => setTimeout(resolve, count(data.get('blockTimeMS'))));
    if (isTruthy(data.get('closeConnection'))) {
      client.hangUp();
      return ok();
    }
    const labels = data.get('errorLabels');
    const labelled: Doc = Array.isArray(labels) ? doc({ errorLabels: labels }) : new Map();
    if (data.has('errorCode'))
      throw new CommandError(
        count(data.get('errorCode')),
        "Failing command via 'failCommand' failpoint",
        labelled,
      );
    const reply = await command(call);
    const concern = data.get('writeConcernError');
    if (concern === undefined) return reply;
    return new Map([...reply, ['writeConcernError', concern], ...labelled]);
  }
}
