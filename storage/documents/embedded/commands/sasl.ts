import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';
import { Binary, Int32 } from 'bson';
import type { Doc } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import type { Client } from '../wire/server.ts';
import type { Call } from './command.ts';
import { ok } from './reply.ts';

const iterations = 15_000;

/** The one name and password that clients must know. */
export interface Credential {
  user: string;
  password: string;
}

interface Conversation {
  /** What the client and the server have said so far (RFC 5802, AuthMessage). */
  bare: string;
  first: string;
  nonce: string;
  proven: boolean;
}

const failed = () => new CommandError(18, 'Authentication failed.');

function payloadOf(call: Call): string {
  const payload = call.command.get('payload');
  if (!(payload instanceof Binary)) throw failed();
  return Buffer.from(payload.buffer.subarray(0, payload.position)).toString('utf8');
}

function attribute(text: string, name: string): string {
  const found = text.split(',').find((part) => part.startsWith(`${name}=`));
  if (!found) throw failed();
  return found.slice(2);
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function answer(payload: string, done: boolean): Doc {
  return ok({ conversationId: new Int32(1), done, payload: new Binary(Buffer.from(payload), 0) });
}

/** The server's side of SCRAM-SHA-256 (RFC 5802, RFC 7677) with one credential. */
export class Scram {
  private readonly credential: Credential;
  private readonly salt = randomBytes(16);
  private readonly salted: Buffer;
  private readonly conversations = new WeakMap<Client, Conversation>();

  constructor(credential: Credential) {
    this.credential = credential;
    this.salted = pbkdf2Sync(credential.password, this.salt, iterations, 32, 'sha256');
  }

  /** @throws CommandError 18 */
  start(call: Call): Doc {
    if (call.command.get('mechanism') !== 'SCRAM-SHA-256') throw failed();
    const message = payloadOf(call);
    const bare = message.replace(/^n,[^,]*,/, '');
    if (attribute(bare, 'n') !== this.credential.user) throw failed();
    const nonce = attribute(bare, 'r') + randomBytes(18).toString('base64');
    const first = `r=${nonce},s=${this.salt.toString('base64')},i=${iterations}`;
    this.conversations.set(call.client, { bare, first, nonce, proven: false });
    return answer(first, false);
  }

  /** @throws CommandError 18 */
  continue(call: Call): Doc {
    const conversation = this.conversations.get(call.client);
    if (!conversation) throw failed();
    const message = payloadOf(call);
    if (conversation.proven && message === '') return this.finish(call.client);
    const unproven = message.replace(/,p=[^,]*$/, '');
    if (attribute(message, 'r') !== conversation.nonce) throw failed();
    const whole = `${conversation.bare},${conversation.first},${unproven}`;
    const clientKey = hmac(this.salted, 'Client Key');
    const signature = hmac(createHash('sha256').update(clientKey).digest(), whole);
    const expected = Buffer.from(clientKey.map((byte, at) => byte ^ (signature[at] as number)));
    const proof = Buffer.from(attribute(message, 'p'), 'base64');
    if (proof.length !== expected.length || !timingSafeEqual(proof, expected)) throw failed();
    conversation.proven = true;
    return answer(`v=${hmac(hmac(this.salted, 'Server Key'), whole).toString('base64')}`, false);
  }

  private finish(client: Client): Doc {
    this.conversations.delete(client);
    client.authenticated = true;
    return answer('', true);
  }
}
