export { searchTogether } from './index-records';
export { narrowByText, search } from './search';
