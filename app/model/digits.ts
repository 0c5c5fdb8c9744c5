/** Replaces Arabic and Persian digits, which phone keyboards of those languages type. */
export const westernDigits = (text: string): string =>
  text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
