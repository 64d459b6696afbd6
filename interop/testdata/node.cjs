// Makes real calls with wechatpay-axios-plugin. It asks the test, line by line, for what people do.
const { createServer } = require('http')
const { readFileSync } = require('fs')
const { createHash } = require('crypto')
const { createInterface } = require('readline')
const { Wechatpay, Rsa, Aes, Formatter, Multipart } = require('wechatpay-axios-plugin')
const env = process.env
const platform = readFileSync(env.PUB)
const wxpay = new Wechatpay({
  mchid: env.MCHID, serial: env.SERIAL, privateKey: readFileSync(env.KEY), certs: { [env.PUBID]: platform },
  baseURL: env.URL + '/',
})
const headers = { 'Wechatpay-Serial': env.PUBID }
const must = (ok, what) => { if (!ok) throw new Error(what) }
const refused = (call) => call.then(() => { throw new Error('it is accepted') }, (e) => e.response.data)
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const orders = wxpay.v3.pay.transactions
const numbered = { out_trade_no: 'N0000001' }
const query = async (number) => {
  const reply = await orders.outTradeNo._out_trade_no_.get({ params: { mchid: env.MCHID }, out_trade_no: number })
  return reply.data
}

async function ask(what) {
  console.log(what)
  must((await answers.next()).value === 'done', what)
}

// receive starts a server that verifies and decrypts one notification.
async function receive() {
  let told
  const notified = new Promise((resolve) => { told = resolve })
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const said = (name) => request.headers['wechatpay-' + name]
    const message = Formatter.response(said('timestamp'), said('nonce'), body)
    const genuine = said('serial') === env.PUBID && Rsa.verify(message, said('signature'), platform)
    response.writeHead(genuine ? 204 : 401).end()
    if (!genuine) return
    const { resource } = JSON.parse(body)
    told(JSON.parse(Aes.AesGcm.decrypt(resource.ciphertext, env.V3KEY, resource.nonce, resource.associated_data)))
  })
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  return { notified, server, url: `http://127.0.0.1:${server.address().port}/notify` }
}

async function pays(receiver) {
  const order = {
    appid: 'wx8888888888888888', mchid: env.MCHID, description: '测试', notify_url: receiver.url, amount: { total: 100 },
  }
  const placed = await orders.native.post({ ...order, ...numbered })
  must(placed.data.code_url.startsWith('weixin://'), 'code_url')
  const before = await query('N0000001')
  must(before.trade_state === 'NOTPAY', 'trade_state is ' + before.trade_state)
  await ask('pay N0000001')
  const paid = await query('N0000001')
  must(paid.trade_state === 'SUCCESS', 'trade_state is ' + paid.trade_state)
  const told = await receiver.notified
  must(told.transaction_id === paid.transaction_id, 'notified of ' + told.transaction_id)

  const close = (number) => orders.outTradeNo._out_trade_no_.close.post({ mchid: env.MCHID }, { out_trade_no: number })
  must((await refused(close('N0000001'))).code === 'ORDER_PAID', 'a paid order is closed')
  await orders.native.post({ ...order, out_trade_no: 'N0000002' })
  must((await close('N0000002')).status === 204, 'close')
  must((await query('N0000002')).trade_state === 'CLOSED', 'not closed')
}

async function refunds() {
  const { refunds: all } = wxpay.v3.refund.domestic
  const begun = await all.post({ out_refund_no: 'NR1', amount: { refund: 30, total: 100, currency: 'CNY' }, ...numbered })
  must(begun.data.status === 'PROCESSING', 'status is ' + begun.data.status)
  await ask('advance 1s')
  const through = await all._out_refund_no_.get({ out_refund_no: 'NR1' })
  must(through.data.status === 'SUCCESS' && through.data.amount.refund === 30, 'status is ' + through.data.status)
}

async function seals() {
  const seal = (text) => Rsa.encrypt(text, platform)
  const card = { openid: 'o-1', sub_mchid: '1900000109', user_name: seal('张三'), id_card_number: seal('110101199003070003') }
  const token = await wxpay.v3.payrollCard.tokens.post(card, { headers })
  must(token.data.token, 'token')
  const clear = wxpay.v3.payrollCard.tokens.post({ ...card, user_name: '张三' }, { headers })
  must((await refused(clear)).code === 'PARAM_ERROR', 'a field in clear is taken')
}

// uploads sends the JSON part last, and as a file of its own, as this plugin's users do.
async function uploads() {
  const image = Buffer.from('\x89PNG', 'latin1')
  const meta = { filename: 'a.png', sha256: createHash('sha256').update(image).digest('hex') }
  for (const name of [undefined, 'meta.json']) {
    const form = new Multipart().append('file', image, 'a.png').append('meta', JSON.stringify(meta), name)
    const reply = await wxpay.v3.merchant.media.upload.post(form.getBuffer(), { meta, headers: form.getHeaders() })
    must(reply.data.media_id, 'media_id')
  }
}

async function bills() {
  await ask('advance 48h')
  const bill = await wxpay.v3.bill.tradebill.get({ params: { bill_date: env.DAY } })
  const url = new URL(bill.data.download_url)
  const file = await wxpay.v3.billdownload.file.get({
    params: Object.fromEntries(url.searchParams), responseType: 'arraybuffer',
  })
  const digest = createHash('sha1').update(file.data).digest('hex')
  must(digest === bill.data.hash_value, 'the digest of the bill')
  must(file.data.toString().includes('`N0000001,'), 'bill ' + file.data)
}

async function main() {
  const receiver = await receive()
  await pays(receiver)
  await refunds()
  await seals()
  await uploads()
  await bills()
}

main().then(() => process.exit(0), (e) => {
  console.error(e.response ? e.response.data : e)
  process.exit(1)
})
