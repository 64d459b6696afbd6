package synth

import (
	"bytes"
	"fmt"
)

// PerService is the number of operations of a service.
const PerService = 12

// Files returns a description of n operations: file name to content, with the files of WeChat Pay's
// description as a model.
func Files(n int) map[string][]byte {
	files := map[string][]byte{"components.yaml": []byte(components)}
	for first, s := 0, 0; first < n; first, s = first+PerService, s+1 {
		name := fmt.Sprintf("v3/service-%03d", s)
		if s%8 == 7 {
			name = fmt.Sprintf("brand/service-%03d", s-7) // as the first below v3
		}
		files[name+".yaml"] = service(name, min(PerService, n-first))
	}
	return files
}

const components = `openapi: 3.1.0
info: {title: Shared, version: "3"}
paths: {}
components:
  parameters:
    WechatpaySerial:
      name: Wechatpay-Serial
      in: header
      required: true
      description: 微信支付公钥ID/平台证书序列号
      schema: {type: string}
  responses:
    Error:
      description: 错误
      content:
        application/json:
          schema: {$ref: "#/components/schemas/Error"}
  schemas:
    Error:
      type: object
      required: [code, message]
      properties:
        code: {type: string, description: 错误码}
        message: {type: string, description: 错误描述}
`

func service(name string, n int) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "openapi: 3.1.0\ninfo: {title: Service %s, version: \"3\"}\npaths:\n", name)
	for i := range n {
		operation(&b, name, i)
	}
	b.WriteString("components:\n  schemas:\n    TradeState: {type: string, description: 交易状态, " +
		"enum: [SUCCESS, REFUND, NOTPAY, CLOSED, REVOKED, USERPAYING, PAYERROR]}\n")
	b.WriteString("    Money:\n      type: object\n      description: 金额\n" +
		"      required: [total, currency]\n      properties:\n")
	b.WriteString("        total: {type: integer, description: 总金额，单位为分, minimum: 1}\n" +
		"        currency: {type: string, description: 货币类型}\n")
	return b.Bytes()
}

func operation(b *bytes.Buffer, service string, i int) {
	switch i % 3 {
	case 0:
		fmt.Fprintf(b, "  /%s/orders-%02d:\n    post:\n      operationId: CreateOrder%02d\n"+
			"      summary: 下单\n      description: Places order %02d of %s.\n", service, i, i, i,
			service)
		b.WriteString("      parameters:\n" +
			"        - {$ref: \"../components.yaml#/components/parameters/WechatpaySerial\"}\n")
		requestBody(b)
	case 1:
		fmt.Fprintf(b, "  /%s/orders-%02d/out-trade-no/{out_trade_no}:\n    get:\n"+
			"      operationId: GetOrder%02d\n      summary: 查询订单\n      description: Finds "+
			"order %02d of %s by number.\n", service, i, i, i, service)
		b.WriteString("      parameters:\n        - {name: out_trade_no, in: path, required: " +
			"true, description: 商户订单号, schema: {type: string}, example: " +
			"\"1217752501201407033233368018\"}\n")
		for _, q := range []string{"mchid", "sub_mchid", "channel", "trade_date"} {
			fmt.Fprintf(b, "        - {name: %s, in: query, required: true, description: 查询条件, "+
				"schema: {type: string}, example: \"1900000109\"}\n", q)
		}
		b.WriteString("        - {name: offset, in: query, description: 分页起始位置, schema: {type: " +
			"integer}, example: 0}\n")
	case 2:
		fmt.Fprintf(b, "  /%s/orders-%02d/{out_trade_no}/close:\n    post:\n"+
			"      operationId: CloseOrder%02d\n      summary: 关闭订单\n      description: Closes "+
			"order %02d of %s.\n", service, i, i, i, service)
		b.WriteString("      parameters:\n        - {name: out_trade_no, in: path, required: " +
			"true, description: 商户订单号, schema: {type: string}, example: " +
			"\"1217752501201407033233368018\"}\n")
		requestBody(b)
	}
	b.WriteString("      responses:\n        \"200\":\n          description: OK\n" +
		"          content:\n            application/json:\n              schema:\n")
	body(b, "                ")
	b.WriteString("        default: {$ref: \"../components.yaml#/components/responses/Error\"}\n")
}

func requestBody(b *bytes.Buffer) {
	b.WriteString("      requestBody:\n        required: true\n        content:\n" +
		"          application/json:\n            schema:\n")
	body(b, "              ")
	b.WriteString("            example: {appid: wxd678efh567hg6787, mchid: \"1230000109\", " +
		"out_trade_no: \"1217752501201407033233368018\", description: 深圳腾大, notify_url: " +
		"\"https://www.weixin.qq.com/wxpay/pay.php\", trade_type: JSAPI, amount: {total: 100, " +
		"currency: CNY}, payer: {openid: oUpF8uMuAJO_M2pxb1Q9zNjWeS6o, user_name: 张三}}\n")
}

// body writes an object schema of twelve fields, three levels deep.
func body(b *bytes.Buffer, indent string) {
	for _, line := range bodyLines {
		b.WriteString(indent)
		b.WriteString(line)
		b.WriteByte('\n')
	}
}

var bodyLines = []string{
	"type: object",
	"required: [appid, mchid, description, out_trade_no, notify_url, amount, payer]",
	"properties:",
	"  appid: {type: string, description: 应用ID}",
	"  mchid: {type: string, description: 直连商户号}",
	"  description: {type: string, description: 商品描述, maxLength: 127}",
	"  out_trade_no: {type: string, description: 商户订单号, minLength: 6, maxLength: 32, pattern: " +
		"\"^[0-9A-Za-z_*-]+$\"}",
	"  time_expire: {type: string, format: date-time, description: 交易结束时间}",
	"  attach: {type: string, description: 附加数据, maxLength: 128, x-wxpay-length: bytes}",
	"  notify_url: {type: string, description: 通知地址}",
	"  trade_type: {type: string, description: 交易类型, enum: [JSAPI, NATIVE, APP, MICROPAY, MWEB, " +
		"FACEPAY]}",
	"  trade_state: {$ref: \"#/components/schemas/TradeState\"}",
	"  amount: {$ref: \"#/components/schemas/Money\", description: 订单金额}",
	"  payer:",
	"    type: object",
	"    description: 支付者",
	"    required: [openid, user_name]",
	"    properties:",
	"      openid: {type: string, description: 用户标识}",
	"      user_name: {type: string, description: 用户姓名, x-wxpay-sensitive: true}",
	"  detail:",
	"    type: object",
	"    description: 优惠功能",
	"    anyOf: [{required: [cost_price]}, {required: [goods_detail]}]",
	"    properties:",
	"      cost_price: {type: integer, description: 订单原价}",
	"      invoice_id: {type: string, description: 商品小票ID}",
	"      goods_detail:",
	"        type: array",
	"        description: 单品列表",
	"        maxItems: 10",
	"        items:",
	"          type: object",
	"          required: [merchant_goods_id, quantity, unit_price]",
	"          properties:",
	"            merchant_goods_id: {type: string, description: 商户侧商品编码}",
	"            wechatpay_goods_id: {type: string, description: 微信支付商品编码}",
	"            goods_name: {type: string, description: 商品名称}",
	"            quantity: {type: integer, description: 商品数量, minimum: 1}",
	"            unit_price: {type: integer, description: 商品单价}",
}
