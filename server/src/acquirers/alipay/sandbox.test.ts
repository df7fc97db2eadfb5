import { walletConformance } from '../shared/testing/wallet-conformance.ts';
import { createAlipay } from './adapter.ts';

walletConformance({
  host: 'alipay',
  tender: 'alipay',
  codePrefix: '28',
  codeLength: 18,
  make: ({ alipay }, notifyUrl, deps) =>
    createAlipay(
      {
        appId: alipay.appId,
        sellerId: alipay.sellerId,
        privateKey: alipay.appPrivateKey,
        alipayPublicKey: alipay.alipayPublicKey,
        gateway: alipay.gateway,
        notifyUrl,
        demo: true,
      },
      deps,
    ),
});
