export { attachmentsOf, attachmentVerbs, contentOf, dropContents, keepContent } from './attachment';
export { mediaTypeOf } from './media-type.rules';
