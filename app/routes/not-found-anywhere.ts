export { loader } from './not-found';
