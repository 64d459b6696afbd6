package product

import (
	"strconv"

	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/memory"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

var sharing = &making{
	kind: "sharing", key: "out_order_no", build: (*Products).share,
	differ: refusal{400, "INVALID_REQUEST", refuse.NumberOtherOrder, "商户分账单号已使用，且请求参数与之前不一致"},
}

var unfreezing = &making{kind: "sharing", key: "out_order_no", differ: sharing.differ,
	build: (*Products).unfreeze}

var queryingSharing = &moving{
	kind: "sharing", find: []string{"out_order_no"},
	absent: refusal{404, "RESOURCE_NOT_EXISTS", refuse.NumberNoOrder, "分账单不存在"},
	invent: func(p *Products, c *Call, o *memory.Object) {
		o.Doc["transaction_id"] = c.number("transaction_id")
		p.shared(c, o,
			[]any{map[string]any{"type": "MERCHANT_ID", "account": keys.SubMchID,
				"amount": integer(1), "description": "分账"}})
	},
}

var returning = &making{
	kind: "return", key: "out_return_no", build: (*Products).giveBack,
	differ: refusal{400, "INVALID_REQUEST", refuse.NumberOtherOrder, "商户回退单号已使用，且请求参数与之前不一致"},
}

var queryingReturn = &moving{
	kind: "return", find: []string{"out_return_no"},
	absent: refusal{404, "RESOURCE_NOT_EXISTS", refuse.NumberNoOrder, "回退单不存在"},
	invent: func(p *Products, c *Call, o *memory.Object) {
		o.Doc["order_id"], o.Doc["out_order_no"] = p.unique("3008", o, 28), c.number("out_order_no")
		o.Doc["return_mchid"], o.Doc["amount"], o.Doc["description"] = keys.SubMchID,
			integer(1), "回退"
		p.returned(c, o)
	},
}

// frozen finds the paid order to share, and its remaining amount.
func (p *Products) frozen(c *Call) (order *memory.Object, left int64, refused *refuse.Error) {
	invalid := func(text string) *refuse.Error {
		return refuse.State(400, "INVALID_REQUEST", refuse.NumberIllegal, "%s", text)
	}
	order = p.find("order", c.Owner, "transaction_id", c.number("transaction_id"))
	if order == nil && c.Invent {
		order = p.seek(&moving{kind: "order", find: []string{"transaction_id"},
			invent: (*Products).inventPaid}, c)
		order.Doc["amount"] = map[string]any{"total": integer(1 << 40), "currency": "CNY"}
	}
	switch {
	case order == nil:
		return nil, 0, refuse.State(404, "RESOURCE_NOT_EXISTS", refuse.NumberNoOrder, "订单不存在")
	case order.State != "SUCCESS" && order.State != "REFUND":
		return nil, 0, invalid("订单未支付，不能分账")
	case memory.At(order.Doc, "settle_info.profit_sharing") != true &&
		order.Doc["profit_sharing"] != true &&
		memory.At(order.Doc, requested+".settle_info.profit_sharing") != true:
		return nil, 0, invalid("非分账订单不支持分账，下单时须传settle_info.profit_sharing")
	case order.Doc[" unfrozen"] == true:
		return nil, 0, invalid("订单剩余资金已解冻，不能再分账")
	}
	return order, p.unsplit(order), nil
}

// unsplit is the amount of an order that is neither shared nor refunded.
func (p *Products) unsplit(order *memory.Object) int64 {
	if order.Doc[" unfrozen"] == true {
		return 0
	}
	_, taken := p.refunded(order)
	return order.Int("amount.total") - taken - order.Int(" shared")
}

func (p *Products) share(c *Call, o *memory.Object) *refuse.Error {
	order, left, refused := p.frozen(c)
	if refused != nil {
		return refused
	}
	receivers, _ := o.Doc["receivers"].([]any)
	sum := int64(0)
	for i, item := range receivers {
		r, _ := item.(map[string]any)
		amount := memory.Int(r["amount"])
		field := "/receivers/" + strconv.Itoa(i)
		if amount < 1 {
			return refuse.Param("body", field+"/amount", amount, "a share is of one fen at least",
				"分账金额须大于0")
		}
		if !c.Invent && p.find("receiver", c.Owner, text(r, "type"), text(r, "account")) == nil {
			return refuse.State(400, "INVALID_REQUEST", refuse.NumberIllegal,
				"分账接收方“%s”与分账方的关系不存在，请先添加分账接收方", text(r, "account"))
		}
		sum = plus(sum, amount)
	}
	if sum > left {
		return refuse.State(403, "NOT_ENOUGH", refuse.NumberIllegal, "分账金额%d超过订单剩余可分账金额%d", sum,
			left)
	}
	order.Doc[" shared"] = integer(order.Int(" shared") + sum)
	if c.Body["unfreeze_unsplit"] == true {
		order.Doc[" unfrozen"] = true
	}
	p.shared(c, o, receivers)
	return nil
}

func (p *Products) unfreeze(c *Call, o *memory.Object) *refuse.Error {
	order, left, refused := p.frozen(c)
	if refused != nil {
		return refused
	}
	order.Doc[" unfrozen"] = true
	p.shared(c, o, []any{map[string]any{
		"type": "MERCHANT_ID", "account": c.Owner, "amount": integer(left),
		"description": c.text("description"), "fail_reason": "INVALID_REQUEST",
	}})
	return nil
}

// shared starts a sharing: each receiver waits until it is settled.
func (p *Products) shared(c *Call, o *memory.Object, receivers []any) {
	o.State = "PROCESSING"
	o.Doc["order_id"] = p.unique("3008", o, 28)
	o.IDs["order_id"] = o.Text("order_id")
	for i, item := range receivers {
		r, _ := item.(map[string]any)
		delete(r, "name")
		r["result"], r["create_time"], r["finish_time"] = "PENDING", moment(c.Now), moment(c.Now)
		r["detail_id"] = p.unique("3601", o, 24) + strconv.Itoa(i)
	}
	o.Doc["receivers"] = receivers
	p.show(o)
	p.settle(o, c.Account)
}

func (p *Products) endSharing(o *memory.Object, a *keys.Account) {
	receivers, _ := o.Doc["receivers"].([]any)
	for _, item := range receivers {
		r, _ := item.(map[string]any)
		r["result"], r["finish_time"] = "SUCCESS", moment(p.Now())
		delete(r, "fail_reason")
	}
	o.Move(p.Now(), "FINISHED", "sharing ends", 0)
	p.show(o)
	for _, item := range receivers {
		r, _ := item.(map[string]any)
		p.tell(o, "PROFITSHARING.SUCCESS", a, map[string]any{
			"mchid": o.Owner, "transaction_id": o.Doc["transaction_id"],
			"order_id":     o.Doc["order_id"],
			"out_order_no": o.Doc["out_order_no"], "receiver": r, "success_time": moment(p.Now()),
		})
	}
}

func (p *Products) giveBack(c *Call, o *memory.Object) *refuse.Error {
	amount := c.int("amount")
	if amount < 1 {
		return refuse.Param("body", "/amount", amount, "a return is of one fen at least",
			"回退金额须大于0")
	}
	var from *memory.Object
	for _, name := range []string{"order_id", "out_order_no"} {
		if from == nil {
			from = p.find("sharing", c.Owner, name, c.text(name))
		}
	}
	if from == nil && !c.Invent {
		return refuse.State(404, "RESOURCE_NOT_EXISTS", refuse.NumberNoOrder, "分账单不存在")
	}
	if from != nil {
		received := int64(0)
		list, _ := from.Doc["receivers"].([]any)
		for _, item := range list {
			r, _ := item.(map[string]any)
			if text(r, "account") == c.text("return_mchid") && text(r, "result") == "SUCCESS" {
				received += memory.Int(r["amount"])
			}
		}
		if amount > received-from.Int(" returned") {
			return refuse.State(400, "INVALID_REQUEST", refuse.NumberIllegal, "回退金额超过该接收方的分账金额")
		}
		from.Doc[" returned"] = integer(from.Int(" returned") + amount)
		o.Doc["order_id"], o.Doc["out_order_no"] = from.Doc["order_id"], from.Doc["out_order_no"]
	}
	for _, name := range []string{"order_id", "out_order_no"} {
		if o.Text(name) == "" {
			o.Doc[name] = p.unique("3008", o, 28)
		}
	}
	p.returned(c, o)
	return nil
}

func (p *Products) returned(c *Call, o *memory.Object) {
	o.State = "PROCESSING"
	o.Doc["return_id"], o.Doc["create_time"], o.Doc["finish_time"] = p.unique("3008", o, 28),
		moment(c.Now), moment(c.Now)
	p.show(o)
	p.settle(o, c.Account)
}

func (p *Products) endReturn(o *memory.Object, _ *keys.Account) {
	o.Move(p.Now(), "SUCCESS", "return ends", 0)
	o.Doc["finish_time"] = moment(p.Now())
	p.show(o)
}

// addReceiver adds a receiver; deleteReceiver removes it.
func (p *Products) addReceiver(c *Call) *Answer {
	o := p.find("receiver", c.Owner, c.text("type"), c.text("account"))
	if o == nil {
		o = p.blank("receiver", c)
		o.IDs[c.text("type")] = c.text("account")
		o.State = "ADDED"
		o.Move(c.Now, "ADDED", c.Operation.Name(), c.Exchange)
		p.Store.Add(o)
	}
	o.Doc = document(c)
	return &Answer{Object: o, Given: o.Doc, Sparse: true}
}

func (p *Products) deleteReceiver(c *Call) *Answer {
	o := p.find("receiver", c.Owner, c.text("type"), c.text("account"))
	if o == nil {
		if !c.Invent {
			return &Answer{
				Refusal: refuse.State(400, "INVALID_REQUEST", refuse.NumberIllegal, "分账接收方关系不存在"),
			}
		}
		return &Answer{Given: document(c), Sparse: true}
	}
	o.Deleted = true
	o.Move(c.Now, "DELETED", c.Operation.Name(), c.Exchange)
	return &Answer{Object: o, Given: document(c), Sparse: true}
}

// unsplitAmount answers with the amount of an order that can still be shared.
func (p *Products) unsplitAmount(c *Call) *Answer {
	order := p.find("order", c.Owner, "transaction_id", c.number("transaction_id"))
	left := int64(0)
	switch {
	case order != nil:
		left = p.unsplit(order)
	case !c.Invent:
		return &Answer{
			Refusal: refuse.State(404, "RESOURCE_NOT_EXISTS", refuse.NumberNoOrder, "订单不存在"),
		}
	}
	given := map[string]any{"transaction_id": c.number("transaction_id"),
		"unsplit_amount": integer(left)}
	return &Answer{Object: order, Given: given, Sparse: true}
}
