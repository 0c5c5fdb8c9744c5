/** Few rules: what breaks a page for somebody. How it is written is the formatter's affair. */
export default {
  plugins: ['stylelint-use-logical'],
  rules: {
    // A page that is read from right to left must mirror itself.
    'csstools/use-logical': ['always', { except: [] }],
    'block-no-empty': true,
    'color-no-invalid-hex': true,
    'declaration-block-no-duplicate-properties': true,
    'declaration-property-value-disallowed-list': {
      // Somebody who moves by keyboard must see where he is.
      '/^outline/': ['none', '0'],
      // Text must follow the size that a person has set.
      'font-size': ['/px$/'],
    },
    'font-family-no-duplicate-names': true,
    'function-calc-no-unspaced-operator': true,
    'media-feature-name-no-unknown': true,
    'no-duplicate-selectors': true,
    'property-no-unknown': true,
    'selector-pseudo-class-no-unknown': true,
    'selector-pseudo-element-no-unknown': true,
    'unit-no-unknown': true,
  },
};
