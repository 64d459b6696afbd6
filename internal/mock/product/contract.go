package product

import (
	"encoding/json"

	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/memory"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

var noContract = refusal{404, "CONTRACT_NOT_EXIST", refuse.NumberNoOrder, "签约协议不存在"}

var signing = &making{
	kind: "contract", key: "out_contract_code", fresh: true, build: (*Products).presign,
	given:  presigned,
	differ: refusal{400, "ALREADY_EXISTS", refuse.NumberOtherOrder, "签约协议号已使用，且请求参数与之前不一致"},
	closed: map[string]refusal{
		"SIGNED":     {400, "CONTRACT_EXISTED", refuse.NumberIllegal, "该签约协议号已签约"},
		"TERMINATED": {400, "CONTRACT_TERMINATED", refuse.NumberIllegal, "该签约协议号已解约"},
	},
}

var queryingContract = &moving{
	kind: "contract", find: []string{"contract_id", "out_contract_code"}, absent: noContract,
	do: signedYet, invent: (*Products).inventContract,
}

var terminating = &moving{
	kind: "contract", find: []string{"out_contract_code", "contract_id"}, absent: noContract,
	invent: (*Products).inventContract,
	next:   map[string]string{"SIGNED": "TERMINATED"},
	forbid: map[string]refusal{"": noContract,
		"TERMINATED": {400, "CONTRACT_TERMINATED", refuse.NumberIllegal, "签约协议已解约"}},
	do: func(p *Products, c *Call, o *memory.Object) *refuse.Error {
		o.Doc["contract_terminate_info"] = map[string]any{
			"contract_termination_mode":   "MERCHANT_TERMINATE",
			"contract_terminated_time":    moment(c.Now),
			"contract_termination_remark": c.text("contract_termination_remark"),
		}
		p.tell(o, "PAPAY.TERMINATE", c.Account, o.Doc)
		return nil
	},
}

// signedYet hides an unsigned contract.
func signedYet(_ *Products, _ *Call, o *memory.Object) *refuse.Error {
	if o.State == "SIGNING" {
		return noContract.error()
	}
	return nil
}

func (p *Products) presign(c *Call, o *memory.Object) *refuse.Error {
	o.NotifyURL = c.text("contract_notify_url")
	if refused := notifiable(o.NotifyURL); refused != nil {
		return refused
	}
	o.State, o.Doc["mchid"] = "SIGNING", c.Owner
	if o.Text("openid") == "" {
		o.Doc["openid"] = "oTestPayer0000000000000000AA"
	}
	return nil
}

func presigned(p *Products, c *Call, o *memory.Object) map[string]any {
	id := p.unique("PS", o, 28)
	return map[string]any{
		"pre_entrustweb_id": id, "redirect_url": c.URL + "/sign/" + id,
		"mini_program_username": "gh_test00000000",
		"mini_program_path":     "/pages/sign?id=" + id, "session_id": id, "prepay_id": id,
	}
}

// sign signs a contract for its user.
func (p *Products) sign(o *memory.Object, a *keys.Account) {
	id := p.unique("2026", o, 32)
	o.IDs["contract_id"], o.Doc["contract_id"], o.State = id, id, "SIGNED"
	o.Doc["contract_signed_time"] = moment(p.Now())
	o.Doc["contract_expired_time"] = moment(p.Now().AddDate(10, 0, 0))
	p.show(o)
	p.tell(o, "PAPAY.SIGN", a, o.Doc)
}

func (p *Products) inventContract(c *Call, o *memory.Object) {
	given := o.IDs["contract_id"]
	if o.IDs["out_contract_code"] == "" {
		o.Doc["out_contract_code"] = p.unique("T", o, 28)
	}
	plan := c.number("plan_id")
	if plan == "" {
		plan = "123"
	}
	o.Doc["plan_id"], o.Doc["mchid"], o.Doc["appid"] = json.Number(plan), c.Owner, c.Account.AppID
	o.Doc["openid"], o.Doc["contract_display_account"] = "oTestPayer0000000000000000AA", "测试用户"
	p.sign(o, nil)
	if given != "" {
		o.IDs["contract_id"], o.Doc["contract_id"] = given, given
	}
}

// deducting takes money by a contract. The order is paid once it is settled.
var deducting = &making{kind: "order", key: "out_trade_no", differ: numberUsed,
	build: (*Products).deduct}

func (p *Products) deduct(c *Call, o *memory.Object) *refuse.Error {
	contract := p.find("contract", c.Owner, "contract_id", c.text("contract_id"))
	switch {
	case contract == nil && !c.Invent:
		return noContract.error()
	case contract != nil && contract.State != "SIGNED":
		return refuse.State(400, "CONTRACT_TERMINATED", refuse.NumberIllegal, "签约协议已解约，不能扣款")
	}
	if total := c.int("amount.total"); total < 1 {
		return refuse.Param("body", "/amount/total", total, "a payment is of one fen at least",
			"扣款金额须大于0")
	}
	o.NotifyURL = c.text("transaction_notify_url")
	if refused := notifiable(o.NotifyURL); refused != nil {
		return refused
	}
	o.State, o.Expires = "NOTPAY", c.Now.Add(orderLife)
	o.Doc["trade_type"], o.Doc["mchid"] = "PAP", c.Owner
	if contract != nil {
		o.Doc["payer"] = map[string]any{"openid": contract.Doc["openid"]}
	}
	p.show(o)
	p.settle(o, c.Account)
	return nil
}

// endDeduction pays an order of a contract. Other orders wait for their users.
func (p *Products) endDeduction(o *memory.Object, a *keys.Account) {
	if o.Text("trade_type") == "PAP" {
		p.payOrder(o, a)
		o.Move(p.Now(), o.State, "deducted", 0)
	}
}

var noPermission = refusal{404, "PERMISSION_NOT_EXIST", refuse.NumberNoOrder, "授权记录不存在"}

var permitting = &making{
	kind: "permission", key: "authorization_code", fresh: true,
	differ: refusal{400, "INVALID_REQUEST", refuse.NumberOtherOrder, "授权协议号已使用，且请求参数与之前不一致"},
	build: func(p *Products, c *Call, o *memory.Object) *refuse.Error {
		o.State, o.Doc["mchid"], o.Doc["openid"] = "UNAVAILABLE", c.Owner,
			"oTestPayer0000000000000000AA"
		p.show(o)
		return notifiable(o.NotifyURL)
	},
	given: func(p *Products, c *Call, o *memory.Object) map[string]any {
		return map[string]any{"apply_permissions_token": p.unique("AT", o, 32)}
	},
}

var queryingPermission = &moving{
	kind: "permission", find: []string{"authorization_code"}, absent: noPermission,
	invent: (*Products).inventPermission,
}

var terminatingPermission = &moving{
	kind: "permission", find: []string{"authorization_code"}, absent: noPermission,
	invent: (*Products).inventPermission,
	next:   map[string]string{"AVAILABLE": "UNBINDUSER"},
	forbid: map[string]refusal{"": {400, "INVALID_REQUEST", refuse.NumberIllegal, "授权状态不允许解除"}},
	do: func(p *Products, c *Call, o *memory.Object) *refuse.Error {
		o.Doc["cancel_authorization_time"] = moment(c.Now)
		p.tell(o, "PAYSCORE.USER_CLOSE_SERVICE", c.Account, o.Doc)
		return nil
	},
}

func (p *Products) grant(o *memory.Object, a *keys.Account) {
	o.State, o.Doc["authorization_success_time"] = "AVAILABLE", moment(p.Now())
	p.show(o)
	p.tell(o, "PAYSCORE.USER_OPEN_SERVICE", a, o.Doc)
}

func (p *Products) inventPermission(c *Call, o *memory.Object) {
	o.Doc["mchid"], o.Doc["openid"], o.Doc["service_id"] = c.Owner, "oTestPayer0000000000000000AA",
		c.number("service_id")
	o.Doc["appid"] = c.Account.AppID
	p.grant(o, nil)
}
