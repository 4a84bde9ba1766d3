export { deliveriesOf, deliverOne, followHistory, signatureOf } from './deliver';
export { webhook, webhookVerbs } from './webhook';
