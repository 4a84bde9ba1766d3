export { attachmentsOf, attachmentVerbs, contentOf, dropContent, keepContent } from './attachment';
export { mediaTypeOf } from './media-type.rules';
