package product

import (
	"strings"
	"time"

	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/memory"
	"github.com/wxgen/wxgen/internal/mock/notice"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

// Lifetimes of orders.
const (
	orderLife   = 7 * 24 * time.Hour
	prepayLife  = 2 * time.Hour
	h5Life      = 5 * time.Minute
	pinLife     = 30 * time.Second
	pinFrom     = 100_000 // fen: from here on a user must type a PIN
	refundUntil = 365 * 24 * time.Hour
	mostRefunds = 50
)

var (
	noOrder    = refusal{404, "ORDER_NOT_EXIST", refuse.NumberNoOrder, "订单不存在"}
	orderPaid  = refusal{400, "ORDER_PAID", refuse.NumberPaid, "该订单已支付"}
	orderOver  = refusal{400, "ORDER_CLOSED", refuse.NumberIllegal, "该订单已关闭，请重新下单"}
	numberUsed = refusal{403, "OUT_TRADE_NO_USED", refuse.NumberOtherOrder, "商户订单号重复，请求参数与原订单不一致"}
)

var ordering = &making{
	kind: "order", key: "out_trade_no", differ: numberUsed, fresh: true,
	build: (*Products).placeOrder, given: (*Products).prepaid,
	closed: map[string]refusal{"SUCCESS": orderPaid, "REFUND": orderPaid, "CLOSED": orderOver,
		"REVOKED": orderOver},
}

var scanning = &making{
	kind: "order", key: "out_trade_no", differ: numberUsed, build: (*Products).scan,
	closed: map[string]refusal{"CLOSED": orderOver, "REVOKED": orderOver},
}

var queryingOrder = &moving{
	kind: "order", find: []string{"transaction_id", "out_trade_no"}, absent: noOrder,
	do: (*Products).theirs, given: (*Products).orderFields, invent: (*Products).inventPaid,
}

var closingOrder = &moving{
	kind: "order", find: []string{"out_trade_no"}, absent: noOrder, do: (*Products).theirs,
	next: map[string]string{"NOTPAY": "CLOSED", "CLOSED": "CLOSED"},
	forbid: map[string]refusal{
		"": orderPaid, "USERPAYING": {400, "USERPAYING", refuse.NumberIllegal, "用户支付中，需要输入密码"},
		"REVOKED": orderOver, "PAYERROR": orderOver,
	},
	invent: (*Products).inventUnpaid,
}

var reversing = &moving{
	kind: "order", find: []string{"out_trade_no"}, absent: noOrder, do: (*Products).theirs,
	next: map[string]string{"NOTPAY": "REVOKED", "USERPAYING": "REVOKED", "PAYERROR": "REVOKED",
		"SUCCESS": "REVOKED", "REVOKED": "REVOKED"},
	forbid: map[string]refusal{
		"": {403, "TRADE_ERROR", refuse.NumberIllegal, "订单状态不允许撤销"},
	},
	invent: (*Products).inventUnpaid,
}

// tradeTypes maps the end of a path that places an order to a trade type.
var tradeTypes = map[string]string{
	"jsapi": "JSAPI", "miniprogram": "JSAPI", "jsapi-with-contract": "JSAPI", "app": "APP",
	"app-with-contract": "APP", "h5": "MWEB",
	"native": "NATIVE", "codepay": "MICROPAY", "scannedpos": "MICROPAY",
}

func lastSegment(path string) string { return path[strings.LastIndex(path, "/")+1:] }

// theirs refuses a call with the number of another merchant than the caller.
func (p *Products) theirs(c *Call, o *memory.Object) *refuse.Error {
	for _, name := range []string{"mchid", "sp_mchid", "combine_mchid"} {
		if said := c.number(name); said != "" && said != c.Owner {
			return stranger(name, said)
		}
	}
	if sub := c.number("sub_mchid"); o != nil && sub != "" && o.Text("sub_mchid") != "" &&
		sub != o.Text("sub_mchid") {
		return refuse.State(400, "PARAM_ERROR", refuse.NumberNotTheirs,
			"商户号与订单不匹配：sub_mchid“%s”", sub)
	}
	return nil
}

func stranger(name, said string) *refuse.Error {
	e := refuse.Param("body", "/"+name, said, name+" is not the account that signed the request",
		"http header中的mchid与post payload中的%s不匹配", name)
	e.Number = refuse.NumberNotTheirs
	return e
}

func (p *Products) placeOrder(c *Call, o *memory.Object) *refuse.Error {
	if refused := p.theirs(c, nil); refused != nil {
		return refused
	}
	if refused := payable(c); refused != nil {
		return refused
	}
	o.State, o.Expires = "NOTPAY", c.Now.Add(orderLife)
	if text := c.text("time_expire"); text != "" {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil || !at.After(c.Now) {
			return refuse.Param("body", "/time_expire", text, "time_expire is over",
				"time_expire时间已过期")
		}
		if at.Before(o.Expires) {
			o.Expires = at
		}
	}
	o.Doc["trade_type"] = tradeTypes[lastSegment(c.Operation.Path)]
	p.show(o)
	return nil
}

// payable checks amount and notify_url.
func payable(c *Call) *refuse.Error {
	if total := c.int("amount.total"); total < 1 {
		return refuse.Param("body", "/amount/total", total, "an order is of one fen at least",
			"输入源“/body/amount/total”映射到字段“总金额”数值规则校验失败，数值 %d，小于最小值 1", total)
	}
	if currency := c.text("amount.currency"); currency != "" && currency != "CNY" {
		return refuse.Param("body", "/amount/currency", currency, "only CNY",
			"amount.currency只支持CNY")
	}
	return notifiable(c.text("notify_url"))
}

func notifiable(address string) *refuse.Error {
	if address == "" {
		return nil
	}
	if why := notice.CheckURL(address); why != "" {
		return refuse.Param("body", "/notify_url", address, "notify_url "+why,
			"notify_url不合法，须为不带参数的完整URL")
	}
	return nil
}

// prepaid is the reply to a placed order.
func (p *Products) prepaid(c *Call, o *memory.Object) map[string]any {
	prepay := p.unique("wx", o, 36-len(c.Now.Format("150405"))) + c.Now.Format("150405")
	life := prepayLife
	if o.Text("trade_type") == "MWEB" {
		life = h5Life
	}
	o.Doc[" prepay_id"], o.Doc[" prepay_until"] = prepay, moment(c.Now.Add(life))
	o.IDs["prepay_id"] = prepay
	p.Store.Index(o)
	return map[string]any{
		"prepay_id": prepay, "code_url": codeURL(prepay), "h5_url": c.URL + "/pay/" + prepay,
	}
}

// CodeStart begins the code of an order to be scanned. The end of its prepay_id follows.
const CodeStart = "weixin://wxpay/bizpayurl?pr="

func codeURL(prepay string) string { return CodeStart + prepay[len(prepay)-9:] }

// CodeURL is the code of an order that can be scanned and paid; "" for other orders.
func CodeURL(o *memory.Object) string {
	if o.State == "NOTPAY" && o.Text("trade_type") == "NATIVE" && o.IDs["prepay_id"] != "" {
		return codeURL(o.IDs["prepay_id"])
	}
	return ""
}

// scan pays with a code on the user's phone.
func (p *Products) scan(c *Call, o *memory.Object) *refuse.Error {
	if refused := p.theirs(c, nil); refused != nil {
		return refused
	}
	if refused := payable(c); refused != nil {
		return refused
	}
	o.Doc["trade_type"], o.State = "MICROPAY", "USERPAYING"
	delete(o.Doc, "payer")
	if c.int("amount.total") < pinFrom {
		p.paid(o, c.Account, c.Now)
		return nil
	}
	o.Expires = c.Now.Add(pinLife)
	p.show(o)
	return nil
}

// paid marks an order as paid. The caller notifies.
func (p *Products) paid(o *memory.Object, a *keys.Account, at time.Time) {
	o.State, o.Expires = "SUCCESS", time.Time{}
	transaction := p.unique("4200", o, 28)
	o.IDs["transaction_id"] = transaction
	o.Doc["transaction_id"], o.Doc["bank_type"], o.Doc["success_time"] = transaction, "OTHERS",
		moment(at)
	amount, _ := o.Doc["amount"].(map[string]any)
	if amount == nil {
		amount = map[string]any{"total": integer(1)}
	}
	currency, _ := amount["currency"].(string)
	if currency == "" {
		currency = "CNY"
	}
	amount["currency"], amount["payer_total"], amount["payer_currency"] = currency, amount["total"],
		currency
	o.Doc["amount"] = amount
	payer, _ := o.Doc["payer"].(map[string]any)
	if payer == nil {
		payer = map[string]any{}
	}
	for _, name := range []string{"openid", "sp_openid"} {
		if (name == "sp_openid") == (a.Role == keys.Partner) && payer[name] == nil {
			payer[name] = "oTestPayer0000000000000000AA"
		}
	}
	o.Doc["payer"] = payer
	p.show(o)
}

// orderFields are the fields in the reply to a query.
func (p *Products) orderFields(_ *Call, o *memory.Object) map[string]any {
	doc := map[string]any{}
	for name, v := range o.Doc {
		doc[name] = v
	}
	if o.State == "NOTPAY" {
		delete(doc, "trade_type")
	}
	for _, only := range []string{"detail", "goods_detail", "settle_info", "notify_url"} {
		delete(doc, only)
	}
	return doc
}

// inventPaid completes a made-up order as a paid one.
func (p *Products) inventPaid(c *Call, o *memory.Object) {
	p.inventUnpaid(c, o)
	was := o.IDs["transaction_id"]
	p.paid(o, c.Account, c.Now)
	if was != "" {
		o.IDs["transaction_id"], o.Doc["transaction_id"] = was, was
	}
	o.Doc["settle_info"] = map[string]any{"profit_sharing": true}
}

func (p *Products) inventUnpaid(c *Call, o *memory.Object) {
	if o.IDs["out_trade_no"] == "" {
		o.IDs["out_trade_no"] = p.unique("T", o, 28)
		o.Doc["out_trade_no"] = o.IDs["out_trade_no"]
	}
	id := "mchid"
	if c.Account.Role == keys.Partner {
		id = "sp_mchid"
	}
	o.Doc[id] = c.Owner
	o.Doc["appid"], o.State, o.Expires = c.Account.AppID, "NOTPAY", c.Now.Add(orderLife)
	o.Doc["amount"] = map[string]any{"total": integer(100), "currency": "CNY"}
	p.show(o)
}

func (p *Products) payOrder(o *memory.Object, a *keys.Account) {
	p.paid(o, a, p.Now())
	p.Store.Index(o)
	p.tell(o, "TRANSACTION.SUCCESS", a, p.orderFields(nil, o))
}

func (p *Products) failPayment(o *memory.Object, _ *keys.Account) {
	o.Doc["trade_state_desc"] = "支付失败，用户可以再次支付"
}

// paidAt is the time of an order's payment.
func paidAt(o *memory.Object) time.Time {
	at, err := time.Parse(time.RFC3339, o.Text("success_time"))
	if err != nil {
		return o.Created
	}
	return at
}
