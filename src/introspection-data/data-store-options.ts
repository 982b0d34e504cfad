import { optionGroup, text } from '../config/option.ts';

/** `[processing]`, as far as stored data is concerned. */
export const dataStoreOptions = optionGroup('processing', {
  store_data: text({
    default: 'none',
    help: 'Where to keep the data that ramdisks send: none, database or swift.',
  }),
});
