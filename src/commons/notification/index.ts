export { keepChoices, myNotices, type Settled, settledFor, trying } from './choices';
export { digestWriter, planAnewTogether } from './digest';
export { choiceChange, isCritical, type Topic, topics, topicsInUse, type Way, ways } from './notice.contract';
export { noticeOf, noticeToken } from './notice-link';
export { noticeRule, noticeRuleVerbs } from './notice-rule';
export {
  type Foot,
  forgetMailsAbout,
  forgetMessages,
  type Letter,
  mailSender,
  mailsOfThisTransaction,
  outbox,
  post,
} from './outbox';
export { planOf, zoneOf } from './quiet.rules';
export { markRead, notificationsOf, notifyOf, untellTogether } from './tell';
