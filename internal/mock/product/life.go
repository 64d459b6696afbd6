package product

import (
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/memory"
)

// lifetimes maps states to those after the end of an object's time.
var lifetimes = map[string]map[string]string{
	"order":    {"NOTPAY": "CLOSED", "USERPAYING": "PAYERROR"},
	"combine":  {"NOTPAY": "CLOSED"},
	"transfer": {"WAIT_USER_CONFIRM": "FAIL"},
	"payscore": {"CREATED": "EXPIRED"},
}

// lapse moves an object whose time is over.
func (p *Products) lapse(o *memory.Object) {
	if o.Expires.IsZero() || p.Now().Before(o.Expires) {
		return
	}
	if to, ok := lifetimes[o.Kind][o.State]; ok {
		if o.Kind == "transfer" {
			o.Doc["fail_reason"] = "OVERDUE_CLOSE"
		}
		o.Move(o.Expires, to, "time is over", 0)
		p.show(o)
	}
}

// Lapse moves all objects whose time is over.
func (p *Products) Lapse() {
	for _, o := range p.Store.All(func(o *memory.Object) bool {
		return !o.Expires.IsZero() && lifetimes[o.Kind][o.State] != ""
	}) {
		p.lapse(o)
	}
}

// stateFields are the documents' fields for states.
var stateFields = map[string]string{
	"order": "trade_state", "refund": "status", "sharing": "state", "return": "result",
	"transfer": "state", "batch": "batch_status",
	"payscore": "state", "contract": "contract_state", "permission": "authorization_state",
}

// show writes the state into the document.
func (p *Products) show(o *memory.Object) {
	if name := stateFields[o.Kind]; name != "" {
		o.Doc[name] = o.State
	}
	if o.Kind == "order" {
		o.Doc["trade_state_desc"] = descriptions[o.State]
	}
}

// descriptions are the texts for an order's states.
var descriptions = map[string]string{
	"NOTPAY": "订单未支付", "SUCCESS": "支付成功", "REFUND": "转入退款", "CLOSED": "订单已关闭", "REVOKED": "订单已撤销",
	"USERPAYING": "用户支付中，需要输入密码", "PAYERROR": "支付失败",
}

// ends makes an act that only moves an object to a state.
func ends(state string) func(*Products, *memory.Object, *keys.Account) {
	return func(p *Products, o *memory.Object, _ *keys.Account) {
		o.State = state
		p.show(o)
	}
}
