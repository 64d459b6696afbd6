package product

import (
	"time"

	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/memory"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

var combining = &making{
	kind: "combine", key: "combine_out_trade_no", differ: numberUsed, fresh: true,
	build: (*Products).placeCombined, given: (*Products).prepaid,
	closed: map[string]refusal{"SUCCESS": orderPaid, "CLOSED": orderOver},
}

var queryingCombined = &moving{
	kind: "combine", find: []string{"combine_out_trade_no", "combine_transaction_id"},
	absent: noOrder, given: (*Products).combinedFields,
	invent: (*Products).inventCombined,
}

var closingCombined = &moving{
	kind: "combine", find: []string{"combine_out_trade_no"}, absent: noOrder,
	do:     (*Products).closeParts,
	next:   map[string]string{"NOTPAY": "CLOSED", "CLOSED": "CLOSED"},
	forbid: map[string]refusal{"": orderPaid},
	invent: func(p *Products, c *Call, o *memory.Object) {
		p.inventCombined(c, o)
		o.State = "NOTPAY"
	},
}

// placeCombined places an order of several parts. Each part is an order, too.
func (p *Products) placeCombined(c *Call, o *memory.Object) *refuse.Error {
	if refused := p.theirs(c, nil); refused != nil {
		return refused
	}
	if refused := notifiable(c.text("notify_url")); refused != nil {
		return refused
	}
	numbers := map[string]bool{}
	for _, part := range parts(o) {
		total, number := memory.Int(memory.At(part, "amount.total_amount")),
			text(part, "out_trade_no")
		switch {
		case total < 1:
			return refuse.Param("body", "/sub_orders/0/amount/total_amount", total,
				"a part is of one fen at least", "子单金额须大于0")
		case numbers[number] || p.find("order", c.Owner, "out_trade_no", number) != nil:
			return numberUsed.error()
		}
		numbers[number] = true
	}
	o.State, o.Expires = "NOTPAY", c.Now.Add(orderLife)
	if at, err := time.Parse(time.RFC3339, c.text("time_expire")); err == nil {
		if !at.After(c.Now) {
			return refuse.Param("body", "/time_expire", c.text("time_expire"),
				"time_expire is over", "time_expire时间已过期")
		}
		o.Expires = at
	}
	o.Doc["trade_type"] = tradeTypes[lastSegment(c.Operation.Path)]
	return nil
}

// parts are the orders in a combined one.
func parts(o *memory.Object) (list []map[string]any) {
	items, _ := o.Doc["sub_orders"].([]any)
	for _, item := range items {
		if part, ok := item.(map[string]any); ok {
			list = append(list, part)
		}
	}
	return list
}

// closeParts refuses to close orders that are not parts of the combined one.
func (p *Products) closeParts(c *Call, o *memory.Object) *refuse.Error {
	known := map[string]bool{}
	for _, part := range parts(o) {
		known[text(part, "out_trade_no")] = true
	}
	list, _ := c.Body["sub_orders"].([]any)
	for _, item := range list {
		part, _ := item.(map[string]any)
		if number := text(part, "out_trade_no"); !known[number] && !c.Invent {
			return refuse.Param("body", "/sub_orders/0/out_trade_no", number,
				"is no part of the order", "子单“%s”不属于该合单", number)
		}
	}
	return nil
}

func (p *Products) combinedFields(_ *Call, o *memory.Object) map[string]any {
	doc, _ := memory.Clone(o.Doc).(map[string]any)
	items := []any{}
	for _, part := range parts(o) {
		sub, _ := memory.Clone(part).(map[string]any)
		state := o.State
		if order := p.Store.Get(memory.Int(sub[" order"])); order != nil {
			state = order.State
		}
		sub["trade_state"] = state
		amount, _ := sub["amount"].(map[string]any)
		amount["payer_amount"] = amount["total_amount"]
		for _, name := range []string{"detail", "goods_tag", "description", "settle_info"} {
			delete(sub, name)
		}
		items = append(items, sub)
	}
	doc["sub_orders"] = items
	delete(doc, "trade_state")
	return doc
}

// payCombined pays all parts.
func (p *Products) payCombined(o *memory.Object, a *keys.Account) {
	o.State, o.Expires = "SUCCESS", time.Time{}
	transaction := p.unique("4200", o, 28)
	o.IDs["combine_transaction_id"], o.Doc["combine_transaction_id"] = transaction, transaction
	o.Doc["combine_payer_info"] = map[string]any{"openid": "oTestPayer0000000000000000AA"}
	for _, part := range parts(o) {
		order := &memory.Object{Kind: "order", Service: "order", Owner: o.Owner,
			IDs: map[string]string{}, Created: p.Now()}
		order.IDs["out_trade_no"] = text(part, "out_trade_no")
		order.Doc, _ = memory.Clone(part).(map[string]any)
		order.Doc["appid"], order.Doc["trade_type"] = o.Doc["combine_appid"], o.Doc["trade_type"]
		order.Doc["amount"] = map[string]any{"total": memory.At(part, "amount.total_amount"),
			"currency": "CNY"}
		p.paid(order, a, p.Now())
		order.Move(p.Now(), order.State, "paid within "+Number(o), 0)
		p.Store.Add(order)
		for _, name := range []string{"transaction_id", "bank_type", "success_time", "trade_type"} {
			part[name] = order.Doc[name]
		}
		part[" order"] = integer(order.Serial)
	}
	p.Store.Index(o)
	p.tell(o, "TRANSACTION.SUCCESS", a, p.combinedFields(nil, o))
}

func (p *Products) inventCombined(c *Call, o *memory.Object) {
	if o.IDs["combine_out_trade_no"] == "" {
		o.IDs["combine_out_trade_no"] = p.unique("T", o, 28)
	}
	o.Doc["combine_out_trade_no"] = o.IDs["combine_out_trade_no"]
	o.Doc["combine_appid"], o.Doc["combine_mchid"], o.State = c.Account.AppID, c.Owner, "SUCCESS"
	o.Doc["combine_transaction_id"] = p.unique("4200", o, 28)
	o.Doc["sub_orders"] = []any{map[string]any{
		"mchid": c.Owner, "out_trade_no": p.unique("S", o, 28), "attach": "test",
		"amount": map[string]any{"total_amount": integer(100), "currency": "CNY"},
	}}
	o.Doc["combine_payer_info"] = map[string]any{"openid": "oTestPayer0000000000000000AA"}
}
