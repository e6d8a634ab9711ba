/** Quantities are whole thousandths, so that sums are exact; SAP writes three decimals always. */
export const THOUSAND = 1000;
export const quantityText = (thousandths: number): string => (thousandths / THOUSAND).toFixed(3);

/** Currencies of this world: units of one US dollar, and the decimals an amount really has. */
export const CURRENCIES = {
  USD: { perDollar: 1, decimals: 2 },
  EUR: { perDollar: 0.92, decimals: 2 },
  JPY: { perDollar: 148, decimals: 0 },
  KWD: { perDollar: 0.307, decimals: 3 },
} as const;
export type Currency = keyof typeof CURRENCIES;

/** Amounts are counted in the smallest unit of their currency: cents, yen, fils. */
export const priceIn = (currency: Currency, dollars: number): number => {
  const { perDollar, decimals } = CURRENCIES[currency];
  return Math.max(1, Math.round(dollars * perDollar * 10 ** decimals));
};

/** The true amount. */
export const amountText = (smallestUnits: number, currency: Currency): string => {
  const { decimals } = CURRENCIES[currency];
  return (smallestUnits / 10 ** decimals).toFixed(decimals);
};

/** As SAP stores it: with two decimals whatever the currency, so that 100 yen stand there as 1.00. */
export const storedAmountText = (smallestUnits: number): string => (smallestUnits / 100).toFixed(2);
