export {
  forgetMailsAbout,
  forgetMessages,
  type Letter,
  mailSender,
  mailsOfThisTransaction,
  outbox,
  post,
} from './outbox';
export { markRead, notificationsOf, notifyOf, untellTogether } from './tell';
