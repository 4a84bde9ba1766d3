export { candidatesLike } from './alike';
export { shared, tellingWords } from './alike.rules';
export { searchTogether } from './index-records';
export { narrowByText, search } from './search';
