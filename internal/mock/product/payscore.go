package product

import (
	"time"

	"github.com/wxgen/wxgen/internal/mock/clock"
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/memory"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

var noService = refusal{404, "ORDER_NOT_EXIST", refuse.NumberNoOrder, "服务订单不存在"}

// confirmService is the time in which a user can confirm a service order.
const confirmService = time.Hour

var serving = &making{
	kind: "payscore", key: "out_order_no", build: (*Products).serve,
	differ: refusal{400, "INVALID_REQUEST", refuse.NumberOtherOrder, "商户服务订单号已使用，且请求参数与之前不一致"},
}

var queryingService = &moving{
	kind: "payscore", find: []string{"out_order_no", "query_id"}, absent: noService,
	invent: (*Products).inventService,
}

// wrongState is payscore's error for a forbidden move.
var wrongState = map[string]refusal{
	"":        {400, "INVALID_ORDER_STATE", refuse.NumberIllegal, "单据状态错误"},
	"DONE":    {400, "ORDER_DONE", refuse.NumberIllegal, "订单已完成"},
	"REVOKED": {400, "ORDER_CANCELED", refuse.NumberIllegal, "单据已取消"},
}

var cancellingService = &moving{
	kind: "payscore", find: []string{"out_order_no"}, absent: noService,
	invent: (*Products).inventService,
	next:   map[string]string{"CREATED": "REVOKED", "DOING": "REVOKED"}, forbid: wrongState,
}

var modifyingService = &moving{
	kind: "payscore", find: []string{"out_order_no"}, absent: noService,
	invent: (*Products).inventDone, do: (*Products).bill4Service,
	next:   map[string]string{"DONE": "DONE"},
	forbid: map[string]refusal{"": wrongState[""], "REVOKED": wrongState["REVOKED"]},
}

var completingService = &moving{
	kind: "payscore", find: []string{"out_order_no"}, absent: noService,
	invent: (*Products).inventService,
	next:   map[string]string{"DOING": "DONE"}, forbid: wrongState,
	do: func(p *Products, c *Call, o *memory.Object) *refuse.Error {
		if refused := p.bill4Service(c, o); refused != nil {
			return refused
		}
		for _, name := range []string{"time_range", "location"} {
			if said, ok := c.Body[name].(map[string]any); ok {
				was, _ := o.Doc[name].(map[string]any)
				o.Doc[name] = merged(was, said)
			}
		}
		p.collect(c, o)
		return nil
	},
}

var collectingService = &moving{
	kind: "payscore", find: []string{"out_order_no"}, absent: noService,
	invent: (*Products).inventDone,
	next:   map[string]string{"DONE": "DONE"}, forbid: map[string]refusal{"": wrongState[""]},
	do: func(p *Products, c *Call, o *memory.Object) *refuse.Error {
		p.collect(c, o)
		return nil
	},
}

var syncingService = &moving{
	kind: "payscore", find: []string{"out_order_no"}, absent: noService,
	invent: (*Products).inventDone,
	next:   map[string]string{"DONE": "DONE"}, forbid: map[string]refusal{"": wrongState[""]},
	do: func(p *Products, c *Call, o *memory.Object) *refuse.Error {
		p.collected(o)
		return nil
	},
}

func merged(a, b map[string]any) map[string]any {
	out := map[string]any{}
	for _, doc := range []map[string]any{a, b} {
		for name, v := range doc {
			out[name] = v
		}
	}
	return out
}

func (p *Products) serve(c *Call, o *memory.Object) *refuse.Error {
	if refused := notifiable(c.text("notify_url")); refused != nil {
		return refused
	}
	p.opened(c, o)
	if c.Body["need_user_confirm"] == false {
		o.State, o.Doc["state_description"], o.Expires = "DOING", "USER_CONFIRM", time.Time{}
	}
	p.show(o)
	return nil
}

func (p *Products) opened(c *Call, o *memory.Object) {
	id := p.unique("1500", o, 32)
	o.IDs["query_id"], o.State, o.Expires = id, "CREATED", c.Now.Add(confirmService)
	o.Doc["order_id"], o.Doc["mchid"], o.Doc["package"] = id, c.Owner, "XXXXXXX"+id
	if o.Text("openid") == "" {
		o.Doc["openid"] = "oTestPayer0000000000000000AA"
	}
}

// bill4Service checks that the total of a service is the sum of its parts.
func (p *Products) bill4Service(c *Call, o *memory.Object) *refuse.Error {
	sum := total(c.Body["post_payments"]) - total(c.Body["post_discounts"])
	said := c.int("total_amount")
	if said < 0 {
		return refuse.Param("body", "/total_amount", said, "less than nothing", "总金额不能小于0")
	}
	if _, there := c.Body["post_payments"]; there && said != sum && !c.Invent {
		return refuse.Param("body", "/total_amount", said,
			"payments less discounts are another sum", "总金额不等于后付费项目之和减去优惠项目之和")
	}
	if limit := o.Int("risk_fund.amount"); said > limit && limit > 0 &&
		o.Text("risk_fund.name") != "ESTIMATE_ORDER_COST" && !c.Invent {
		return refuse.Param("body", "/total_amount", said, "more than the risk fund", "总金额超过风险金额")
	}
	for _, name := range []string{"post_payments", "post_discounts", "total_amount"} {
		if v, there := c.Body[name]; there {
			o.Doc[name] = memory.Clone(v)
		}
	}
	return nil
}

func total(list any) (sum int64) {
	items, _ := list.([]any)
	for _, item := range items {
		part, _ := item.(map[string]any)
		sum = plus(sum, times(memory.Int(part["amount"]), max(1, memory.Int(part["count"]))))
	}
	return sum
}

// collect makes the user pay the total of a service.
func (p *Products) collect(c *Call, o *memory.Object) {
	cost := o.Int("total_amount")
	o.Doc["need_collection"] = cost > 0
	o.Doc["state_description"] = "MCH_COMPLETE"
	if cost == 0 || o.Text("collection.state") == "USER_PAID" {
		return
	}
	o.Doc["collection"] = map[string]any{
		"state": "USER_PAYING", "total_amount": integer(cost), "paying_amount": integer(cost),
		"paid_amount": integer(0),
	}
	p.settle(o, c.Account)
}

func (p *Products) endCollection(o *memory.Object, a *keys.Account) {
	if o.Text("collection.state") != "USER_PAYING" {
		return
	}
	p.collected(o)
	o.Move(p.Now(), "", "user paid", 0)
	p.tell(o, "PAYSCORE.USER_PAID", a, o.Doc)
}

func (p *Products) collected(o *memory.Object) {
	cost := o.Int("total_amount")
	o.Doc["collection"] = map[string]any{
		"state": "USER_PAID", "total_amount": integer(cost), "paying_amount": integer(0),
		"paid_amount": integer(cost),
		"details": []any{map[string]any{
			"seq": integer(1), "amount": integer(cost), "paid_type": "NEWTON",
			"paid_time":      p.Now().In(clock.China).Format("20060102150405"),
			"transaction_id": p.unique("4200", o, 28),
		}},
	}
}

// confirm confirms a service for its user.
func (p *Products) confirmService(o *memory.Object, a *keys.Account) {
	o.State, o.Doc["state_description"], o.Expires = "DOING", "USER_CONFIRM", time.Time{}
	p.show(o)
	p.tell(o, "PAYSCORE.USER_CONFIRM", a, o.Doc)
}

func (p *Products) inventService(c *Call, o *memory.Object) {
	p.opened(c, o)
	if o.IDs["out_order_no"] == "" {
		o.Doc["out_order_no"] = p.unique("T", o, 28)
	}
	o.State = "DOING"
	o.Doc["service_id"], o.Doc["appid"], o.Doc["service_introduction"] = c.number("service_id"),
		c.Account.AppID, "测试服务"
	o.Doc["risk_fund"] = map[string]any{"name": "ESTIMATE_ORDER_COST", "amount": integer(10000)}
	o.Doc["notify_url"] = "https://test.example/notify"
	o.Doc["total_amount"] = integer(100)
}

func (p *Products) inventDone(c *Call, o *memory.Object) {
	p.inventService(c, o)
	o.State = "DONE"
}
