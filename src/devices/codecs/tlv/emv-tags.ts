/**
 * Names of the data objects a till meets: EMV Book 3 (Annex A), the contactless books, and the templates of ISO 7816-4.
 * Kept as one text so that it costs little to load: tag, space, name, one a line.
 */
const TABLE = `
42 Issuer Identification Number
4F Application Identifier (card)
50 Application Label
56 Track 1 Data
57 Track 2 Equivalent Data
5A Application Primary Account Number
5F20 Cardholder Name
5F24 Application Expiration Date
5F25 Application Effective Date
5F28 Issuer Country Code
5F2A Transaction Currency Code
5F2D Language Preference
5F30 Service Code
5F34 Application PAN Sequence Number
5F36 Transaction Currency Exponent
5F50 Issuer URL
5F53 International Bank Account Number
5F54 Bank Identifier Code
5F55 Issuer Country Code (alpha 2)
5F56 Issuer Country Code (alpha 3)
5F57 Account Type
61 Application Template
62 File Control Parameters Template
6F File Control Information Template
70 Record Template
71 Issuer Script Template 1
72 Issuer Script Template 2
73 Directory Discretionary Template
77 Response Message Template Format 2
80 Response Message Template Format 1
81 Amount, Authorised (binary)
82 Application Interchange Profile
83 Command Template
84 Dedicated File Name
86 Issuer Script Command
87 Application Priority Indicator
88 Short File Identifier
89 Authorisation Code
8A Authorisation Response Code
8C Card Risk Management Data Object List 1
8D Card Risk Management Data Object List 2
8E Cardholder Verification Method List
8F Certification Authority Public Key Index (card)
90 Issuer Public Key Certificate
91 Issuer Authentication Data
92 Issuer Public Key Remainder
93 Signed Static Application Data
94 Application File Locator
95 Terminal Verification Results
97 Transaction Certificate Data Object List
98 Transaction Certificate Hash Value
99 Transaction PIN Data
9A Transaction Date
9B Transaction Status Information
9C Transaction Type
9D Directory Definition File Name
9F01 Acquirer Identifier
9F02 Amount, Authorised
9F03 Amount, Other
9F04 Amount, Other (binary)
9F05 Application Discretionary Data
9F06 Application Identifier (terminal)
9F07 Application Usage Control
9F08 Application Version Number (card)
9F09 Application Version Number (terminal)
9F0B Cardholder Name Extended
9F0D Issuer Action Code - Default
9F0E Issuer Action Code - Denial
9F0F Issuer Action Code - Online
9F10 Issuer Application Data
9F11 Issuer Code Table Index
9F12 Application Preferred Name
9F13 Last Online Application Transaction Counter Register
9F14 Lower Consecutive Offline Limit
9F15 Merchant Category Code
9F16 Merchant Identifier
9F17 PIN Try Counter
9F18 Issuer Script Identifier
9F19 Token Requestor Identifier
9F1A Terminal Country Code
9F1B Terminal Floor Limit
9F1C Terminal Identification
9F1D Terminal Risk Management Data
9F1E Interface Device Serial Number
9F1F Track 1 Discretionary Data
9F20 Track 2 Discretionary Data
9F21 Transaction Time
9F22 Certification Authority Public Key Index (terminal)
9F23 Upper Consecutive Offline Limit
9F24 Payment Account Reference
9F25 Last 4 Digits of PAN
9F26 Application Cryptogram
9F27 Cryptogram Information Data
9F2A Kernel Identifier
9F2D ICC PIN Encipherment Public Key Certificate
9F2E ICC PIN Encipherment Public Key Exponent
9F2F ICC PIN Encipherment Public Key Remainder
9F32 Issuer Public Key Exponent
9F33 Terminal Capabilities
9F34 Cardholder Verification Method Results
9F35 Terminal Type
9F36 Application Transaction Counter
9F37 Unpredictable Number
9F38 Processing Options Data Object List
9F39 Point-of-Service Entry Mode
9F3A Amount, Reference Currency
9F3B Application Reference Currency
9F3C Transaction Reference Currency Code
9F3D Transaction Reference Currency Exponent
9F40 Additional Terminal Capabilities
9F41 Transaction Sequence Counter
9F42 Application Currency Code
9F43 Application Reference Currency Exponent
9F44 Application Currency Exponent
9F45 Data Authentication Code
9F46 ICC Public Key Certificate
9F47 ICC Public Key Exponent
9F48 ICC Public Key Remainder
9F49 Dynamic Data Authentication Data Object List
9F4A Static Data Authentication Tag List
9F4B Signed Dynamic Application Data
9F4C ICC Dynamic Number
9F4D Log Entry
9F4E Merchant Name and Location
9F4F Log Format
9F50 Offline Accumulator Balance
9F53 Transaction Category Code
9F5A Application Program Identifier
9F5B Issuer Script Results
9F63 Product Identification Information
9F66 Terminal Transaction Qualifiers
9F69 Card Authentication Related Data
9F6B Track 2 Data
9F6C Card Transaction Qualifiers
9F6E Form Factor Indicator
9F74 Electronic Cash Issuer Authorisation Code
9F77 Electronic Cash Balance Limit
9F78 Electronic Cash Single Transaction Limit
9F79 Electronic Cash Balance
9F7A Electronic Cash Terminal Support Indicator
9F7C Customer Exclusive Data
A5 File Control Information Proprietary Template
BF0C File Control Information Issuer Discretionary Data
DF31 Issuer Script Results (UnionPay)
`;

const NAMES: ReadonlyMap<string, string> = new Map(
  TABLE.trim()
    .split('\n')
    .map((line) => {
      const space = line.indexOf(' ');
      return [line.slice(0, space), line.slice(space + 1)] as const;
    }),
);

/** `9F26` for 0x9F26. */
export function tagHex(tag: number): string {
  const digits = tag.toString(16).toUpperCase();
  return digits.length % 2 === 0 ? digits : `0${digits}`;
}

/** What a data object is called in the specification, or undefined for one that is not in the table. */
export const tagName = (tag: number): string | undefined => NAMES.get(tagHex(tag));
