import { walletConformance } from '../shared/testing/wallet-conformance.ts';
import { createWechatpay } from './adapter.ts';

walletConformance({
  host: 'wechatpay',
  tender: 'wechat',
  codePrefix: '13',
  codeLength: 18,
  make: ({ wechatpay }, notifyUrl, deps) =>
    createWechatpay(
      {
        merchantId: wechatpay.mchid,
        appId: wechatpay.appid,
        merchantSerial: wechatpay.merchantSerial,
        privateKey: wechatpay.merchantPrivateKey,
        platformKeys: { [wechatpay.publicKeyId]: wechatpay.publicKey },
        apiV3Key: wechatpay.apiV3Key,
        origin: wechatpay.url,
        notifyUrl,
        demo: true,
      },
      deps,
    ),
});
