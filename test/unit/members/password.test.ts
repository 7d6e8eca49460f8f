import { expect, test } from '@jest/globals';
import { passwordFault } from '../../../server/members/password.ts';

const li = { name: '李雷', email: 'lilei@example.org' };

test.each([
  ['九个字符的密码不够', 'short'],
  ['x'.repeat(129), 'long'],
  ['1234567890', 'common'],
  ['0987654321', 'common'],
  ['abcdefghijkl', 'common'],
  ['aaaaaaaaaaaa', 'common'],
  ['1212121212', 'common'],
  ['Password123!', 'common'],
  ['woaini1314520', 'common'],
  ['lilei@example.org', 'personal'],
  ['lilei20261124', 'personal'],
])('%s is refused: %s', (password, fault) => {
  expect(passwordFault(password, li)).toBe(fault);
});

test.each(['correct horse battery', '车间里有三台数控车床', 'kQ8-vv2_Lm91', '🔧🔩⚙️🛠️🔧🔩⚙️🛠️🪛🪚'])(
  '%s is accepted',
  (password) => {
    expect(passwordFault(password, li)).toBeUndefined();
  },
);
