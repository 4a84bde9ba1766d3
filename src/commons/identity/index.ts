export { endAccess, forgetPerson } from './forget';
export { dropLinks, makeLink, useLink } from './links';
export { hashPassword, keepHash, personBy, setPassword } from './passwords';
export {
  closeSession,
  closeSessions,
  forgetEnded,
  inTurn,
  type Known,
  openSession,
  refuseTooMany,
  rememberFailure,
  sessionBy,
  sessionsOf,
} from './sessions';
export { dropToken, makeToken, tokenBy, tokensOf } from './tokens';
