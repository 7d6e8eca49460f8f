import type { BetterAuthOptions } from 'better-auth';

/**
 * How people can sign in. A method is what better-auth needs to know of it: e-mail and password is one option; OIDC
 * (its `genericOAuth` plugin), SAML (`@better-auth/sso`) and CAS are plugins, which belong here too, with the
 * addresses that a provider sends people back to declared in this folder's contract. `signInMethodNames` tells the
 * sign-in page what to offer. Nobody joins by signing in: only an invitation makes a member.
 */
export function signInMethods(password: { min: number; max: number }) {
  return {
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: password.min,
      maxPasswordLength: password.max,
      revokeSessionsOnPasswordReset: true,
    },
  } satisfies BetterAuthOptions;
}

/** For the sign-in page, in the order in which it offers them. */
export const signInMethodNames = ['email'] as const;
