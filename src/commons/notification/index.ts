export { forgetMailsAbout, forgetMessages, type Letter, mailSender, outbox, post } from './outbox';
export { markRead, notificationsOf, notifyOf } from './tell';
