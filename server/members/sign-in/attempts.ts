import { createHash } from 'node:crypto';
import { tooManyRequests } from '../../http/index.ts';
import { AttemptsModel } from './model.ts';

const stretch = 15 * 60_000;

/**
 * Failures in a quarter of an hour. Few for one account from one address, which is how a guess looks; more for one
 * account from everywhere, so that a stranger who guesses cannot lock a member out with ten tries; more for one
 * address, because a whole school stands behind it.
 */
const limits = { 'account from address': 10, account: 100, address: 200 } as const;

/**
 * Counts a try to prove who one is, before the password is looked at, so that many tries at once are counted too.
 * Gives the function that takes the count back when the password was right.
 * @throws tooManyRequests
 */
export async function countAttempt(
  { account, address }: { account: string; address: string },
  now: Date,
): Promise<() => Promise<void>> {
  const keys = {
    'account from address': keyOf(now, 'both', account, address),
    account: keyOf(now, 'account', account),
    address: keyOf(now, 'address', address),
  };
  const end = (Math.floor(now.getTime() / stretch) + 1) * stretch;
  for (const [name, key] of Object.entries(keys)) {
    const { count } = await AttemptsModel.findByIdAndUpdate(
      key,
      { $inc: { count: 1 }, $setOnInsert: { expiresAt: new Date(end + stretch) } },
      { upsert: true, returnDocument: 'after' },
    ).lean();
    if (count > limits[name as keyof typeof limits])
      throw tooManyRequests({ seconds: Math.ceil((end - now.getTime()) / 1000) });
  }
  return async () => {
    await AttemptsModel.deleteOne({ _id: keys['account from address'] });
    await AttemptsModel.updateMany({ _id: { $in: [keys.account, keys.address] } }, { $inc: { count: -1 } });
  };
}

function keyOf(now: Date, ...parts: string[]): string {
  const digest = createHash('sha256').update(parts.join('\n')).digest('base64url');
  return `${digest}.${Math.floor(now.getTime() / stretch)}`;
}
