import { walletConformance } from '../shared/testing/wallet-conformance.ts';
import { createUnionpayQr } from './adapter.ts';

walletConformance({
  host: 'unionpay-qr',
  tender: 'unionpay-qr',
  codePrefix: '62',
  codeLength: 19,
  make: ({ unionPayQr }, notifyUrl, deps) =>
    createUnionpayQr(
      { merchantId: unionPayQr.merchant, key: unionPayQr.key, origin: unionPayQr.url, notifyUrl, demo: true },
      deps,
    ),
});
