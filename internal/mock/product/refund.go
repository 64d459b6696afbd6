package product

import (
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/memory"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

var noRefund = refusal{404, "RESOURCE_NOT_EXISTS", refuse.NumberNoOrder, "退款单不存在"}

var refunding = &making{
	kind: "refund", key: "out_refund_no", build: (*Products).refund,
	differ: refusal{400, "INVALID_REQUEST", refuse.NumberOtherOrder, "订单金额或退款金额与之前请求不一致，请核实后再试"},
}

var queryingRefund = &moving{
	kind: "refund", find: []string{"refund_id", "out_refund_no"}, absent: noRefund,
	do: (*Products).theirs, invent: (*Products).inventRefund,
}

var refundingAbnormal = &moving{
	kind: "refund", find: []string{"refund_id", "out_refund_no"}, absent: noRefund,
	invent: (*Products).inventAbnormal,
	next:   map[string]string{"ABNORMAL": "PROCESSING"},
	forbid: map[string]refusal{
		"": {400, "INVALID_REQUEST", refuse.NumberIllegal, "退款单状态不是退款异常，不能发起异常退款"},
	},
	do: func(p *Products, c *Call, o *memory.Object) *refuse.Error {
		p.settle(o, c.Account)
		return nil
	},
}

// refund refunds a part of a paid order.
func (p *Products) refund(c *Call, o *memory.Object) *refuse.Error {
	order := p.orderOf(c)
	if order == nil && c.Invent {
		order = p.seek(&moving{kind: "order", find: []string{"transaction_id", "out_trade_no"},
			invent: (*Products).inventPaid}, c)
		order.Doc["amount"] = map[string]any{"total": integer(c.int("amount.total")),
			"payer_total": integer(c.int("amount.total")), "currency": "CNY"}
	}
	if order == nil {
		return refusal{404, "RESOURCE_NOT_EXISTS", refuse.NumberNoOrder, "订单不存在"}.error()
	}
	if refused := p.refundable(c, order); refused != nil {
		return refused
	}
	if refused := notifiable(c.text("notify_url")); refused != nil {
		return refused
	}
	id := p.unique("5030", o, 28)
	o.IDs["refund_id"], o.State = id, "PROCESSING"
	total, part := c.int("amount.total"), c.int("amount.refund")
	o.Doc["refund_id"], o.Doc["transaction_id"], o.Doc["out_trade_no"] = id,
		order.Doc["transaction_id"], order.Doc["out_trade_no"]
	o.Doc["channel"], o.Doc["user_received_account"], o.Doc["create_time"] = "ORIGINAL", "支付用户零钱",
		moment(c.Now)
	amount, _ := o.Doc["amount"].(map[string]any)
	for name, n := range map[string]int64{
		"payer_total": total, "payer_refund": part, "settlement_refund": part,
		"settlement_total": total, "discount_refund": 0,
	} {
		amount[name] = integer(n)
	}
	delete(o.Doc, "goods_detail")
	o.Doc[" order"] = integer(order.Serial)
	o.Doc[" mchid"] = order.Doc["sub_mchid"]
	p.show(o)
	// its serial, once it is stored
	order.Doc[refundsOf] = append(refunds(order), integer(p.Store.Next()))
	p.settle(o, c.Account)
	return nil
}

// refundsOf is the order's field for the serials of its refunds.
const refundsOf = " refunds"

func refunds(order *memory.Object) []any {
	list, _ := order.Doc[refundsOf].([]any)
	return list
}

func (p *Products) orderOf(c *Call) *memory.Object {
	if v := c.text("transaction_id"); v != "" {
		return p.find("order", c.Owner, "transaction_id", v)
	}
	return p.find("order", c.Owner, "out_trade_no", c.text("out_trade_no"))
}

// refundable checks that the order has that much left to refund.
func (p *Products) refundable(c *Call, order *memory.Object) *refuse.Error {
	p.lapse(order)
	invalid := func(text string) *refuse.Error {
		return refuse.State(400, "INVALID_REQUEST", refuse.NumberIllegal, "%s", text)
	}
	total, part := order.Int("amount.total"), c.int("amount.refund")
	parts, taken := p.refunded(order)
	switch {
	case order.State != "SUCCESS" && order.State != "REFUND":
		return invalid("订单状态错误，该订单未支付或已关闭，不能退款")
	case c.Now.Sub(paidAt(order)) > refundUntil:
		return invalid("订单已超过可退款的最大期限")
	case c.int("amount.total") != total:
		return refuse.Param("body", "/amount/total", c.int("amount.total"),
			"the order's amount is another", "订单金额或退款金额与之前请求不一致，请核实后再试")
	case part < 1:
		return refuse.Param("body", "/amount/refund", part, "a refund is of one fen at least",
			"输入源“/body/amount/refund”映射到字段“退款金额”数值规则校验失败，数值 %d，小于最小值 1", part)
	case parts >= mostRefunds:
		return invalid("该订单退款次数已超过50次")
	case part > total-taken:
		return invalid("申请退款金额超过订单剩余可退金额，请核实后再试")
	}
	return nil
}

// refunded counts the refunds of an order, and sums their amounts without failed ones.
func (p *Products) refunded(order *memory.Object) (parts int, taken int64) {
	for _, serial := range refunds(order) {
		if r := p.Store.Get(memory.Int(serial)); r != nil {
			parts++
			if r.State != "CLOSED" {
				taken += r.Int("amount.refund")
			}
		}
	}
	return parts, taken
}

// EndRefund ends a refund, and notifies.
func (p *Products) EndRefund(o *memory.Object, a *keys.Account, state string) {
	o.Move(p.Now(), state, "refund ends", 0)
	p.show(o)
	if state == "SUCCESS" {
		o.Doc["success_time"] = moment(p.Now())
		if order := p.Store.Get(o.Int(" order")); order != nil && order.State == "SUCCESS" {
			order.Move(p.Now(), "REFUND", "refund "+o.Text("out_refund_no"), 0)
			p.show(order)
		}
	}
	resource, _ := memory.Clone(o.Doc).(map[string]any)
	resource["refund_status"] = state
	if a.Role == keys.Partner {
		resource["sp_mchid"], resource["sub_mchid"] = a.ID, o.Doc[" mchid"]
	} else {
		resource["mchid"] = a.ID
	}
	p.tell(o, "REFUND."+state, a, resource)
}

func (p *Products) inventRefund(c *Call, o *memory.Object) {
	o.State = "SUCCESS"
	for _, name := range []string{"refund_id", "out_refund_no", "transaction_id", "out_trade_no"} {
		if o.IDs[name] == "" {
			o.Doc[name] = p.unique("5030", o, 28)
		}
	}
	o.Doc["channel"], o.Doc["user_received_account"] = "ORIGINAL", "支付用户零钱"
	o.Doc["create_time"], o.Doc["success_time"] = moment(c.Now), moment(c.Now)
	amount := map[string]any{"currency": "CNY", "discount_refund": integer(0)}
	for _, name := range []string{"total", "refund", "payer_total", "payer_refund",
		"settlement_refund", "settlement_total"} {
		amount[name] = integer(100)
	}
	o.Doc["amount"] = amount
}

func (p *Products) inventAbnormal(c *Call, o *memory.Object) {
	p.inventRefund(c, o)
	o.State = "ABNORMAL"
	delete(o.Doc, "success_time")
}

func endsRefund(state string) func(*Products, *memory.Object, *keys.Account) {
	return func(p *Products, o *memory.Object, a *keys.Account) { p.EndRefund(o, a, state) }
}
