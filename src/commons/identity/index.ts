export { challenged, makeChallenge, mostOpen, takeChallenge } from './challenges';
export {
  dropFactors,
  factorsIn,
  freeSession,
  isProtected,
  type Protection,
  protectionOf,
  tidyRecoveryCodes,
} from './factors';
export { endAccess, forgetPerson } from './forget';
export { dropLinks, makeLink, useLink } from './links';
export {
  dropPasskey,
  keepPasskey,
  newPasskeyOptions,
  passkeyQuestion,
  passkeysOf,
  personByPasskey,
  renamePasskey,
  type Site,
} from './passkeys';
export { hashPassword, keepHash, personBy, setPassword } from './passwords';
export { makeRecoveryCodes, takeRecoveryCode } from './recovery-codes';
export {
  closeSession,
  closeSessions,
  forgetEnded,
  inTurn,
  type Known,
  keepSessions,
  openSession,
  proved,
  refuseTooMany,
  rememberFailure,
  sessionBy,
  sessionsOf,
} from './sessions';
export { signInRule, signInRuleVerbs } from './sign-in-rule';
export { dropToken, endTokens, makeToken, tokenBy, tokensOf, waitingTokens } from './tokens';
export { confirmTotp, dropTotp, startTotp, takeTotp, unreadableTotp } from './totp';
