// Makes real calls with wechatpay-axios-plugin. The phase is the first argument: the test pays the order between the two.
const { readFileSync } = require('fs')
const { createHash } = require('crypto')
const { Wechatpay, Rsa } = require('wechatpay-axios-plugin')
const env = process.env
const wxpay = new Wechatpay({
  mchid: env.MCHID, serial: env.SERIAL, privateKey: readFileSync(env.KEY), certs: { [env.PUBID]: readFileSync(env.PUB) },
  baseURL: env.URL + '/',
})
const headers = { 'Wechatpay-Serial': env.PUBID }
const must = (ok, what) => { if (!ok) throw new Error(what) }
const numbered = { out_trade_no: 'N0000001' }
const orders = wxpay.v3.pay.transactions

async function before() {
  const placed = await orders.native.post({
    appid: 'wx8888888888888888', mchid: env.MCHID, description: '测试', notify_url: 'http://127.0.0.1:9/n', amount: { total: 100 }, ...numbered,
  })
  must(placed.data.code_url.startsWith('weixin://'), 'code_url')
  const query = await orders.outTradeNo._out_trade_no_.get({ params: { mchid: env.MCHID }, ...numbered })
  must(query.data.trade_state === 'NOTPAY', 'trade_state is ' + query.data.trade_state)
  const seal = (text) => Rsa.encrypt(text, readFileSync(env.PUB))
  const card = { openid: 'o-1', sub_mchid: '1900000109', user_name: seal('张三'), id_card_number: seal('110101199003070003') }
  const token = await wxpay.v3.payrollCard.tokens.post(card, { headers })
  must(token.data.token, 'token')
  const refused = await wxpay.v3.payrollCard.tokens.post({ ...card, user_name: '张三' }, { headers }).catch((e) => e.response)
  must(refused.data.code === 'PARAM_ERROR', 'a field in clear is taken')
}

async function after() {
  const query = await orders.outTradeNo._out_trade_no_.get({ params: { mchid: env.MCHID }, ...numbered })
  must(query.data.trade_state === 'SUCCESS', 'trade_state is ' + query.data.trade_state)
  const refund = await wxpay.v3.refund.domestic.refunds.post({ out_refund_no: 'R1', amount: { refund: 30, total: 100, currency: 'CNY' }, ...numbered })
  must(refund.data.status === 'PROCESSING', 'status is ' + refund.data.status)
  const closed = await orders.outTradeNo._out_trade_no_.close.post({ mchid: env.MCHID }, numbered).catch((e) => e.response)
  must(closed.data.code === 'ORDER_PAID', 'a paid order is closed')
}

({ before, after })[process.argv[2]]().then(() => console.log('done')).catch((e) => {
  console.error(e.response ? e.response.data : e)
  process.exit(1)
})
