export { commentOf, commentsOf, conversationVerbs } from './conversation';
