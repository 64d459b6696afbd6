package spec_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/rawspec"
	"github.com/wxgen/wxgen/spec"
)

// TestHardCases checks the hard cases in the catalogue's README, by name. It needs no catalogue.
func TestHardCases(t *testing.T) {
	ops := readSpec(t, spec.FS)
	checks := map[string]func(*testing.T, map[string]*rawspec.Operation){
		"the same template twice":             checkDoubledTemplate,
		"sibling templates under one parent":  checkSiblingTemplates,
		"trailing slashes":                    checkTrailingSlashes,
		"segments with underscores":           checkUnderscores,
		"segments named like a verb":          checkVerbSegments,
		"hosts in Hong Kong":                  checkHongKong,
		"servers with a path":                 checkServerPath,
		"pages with several operations":       checkSeveral,
		"arrays of objects, six levels down":  checkDepth,
		"a string that holds JSON":            checkJSONInString,
		"multipart with an odd part name":     checkMultipart,
		"files come back unsigned":            checkDownloads,
		"a query with sealed fields":          checkSealedQuery,
		"a notification in several variants":  checkVariants,
		"a response that the corrections add": checkCorrected,
	}
	for _, name := range slices.Sorted(maps.Keys(checks)) {
		t.Run(name, func(t *testing.T) { checks[name](t, ops) })
	}
}

// need returns the operations of these names, and fails if one is missing.
func need(t *testing.T, ops map[string]*rawspec.Operation, names ...string) []*rawspec.Operation {
	t.Helper()
	var found []*rawspec.Operation
	for _, n := range names {
		if ops[n] == nil {
			t.Fatalf("%s is missing from the description", n)
		}
		found = append(found, ops[n])
	}
	return found
}

// dig follows properties, items and JSON in strings: "a[].b".
func dig(v rawspec.View, field string) rawspec.View {
	for step := range strings.SplitSeq(field, ".") {
		if inside := v.At("contentSchema"); inside.Exists() {
			v = inside
		}
		name, array := strings.CutSuffix(step, "[]")
		v = v.At("properties", name)
		if array {
			v = v.At("items")
		}
	}
	return v
}

func checkDoubledTemplate(t *testing.T, ops map[string]*rawspec.Operation) {
	both := need(t, ops, "POST /v3/apply4subject/applyment/{applyment_id}/cancel",
		"POST /v3/apply4subject/applyment/{business_code}/cancel")
	if both[0].Pos() != both[1].Pos() {
		t.Errorf("two descriptions, %s and %s, of what is one path to every OpenAPI tool: use "+
			"x-wxpay-param-aliases", both[0].Pos(), both[1].Pos())
	}
}

func checkSiblingTemplates(t *testing.T, ops map[string]*rawspec.Operation) {
	need(t, ops, "GET /v3/refund/domestic/refunds/{out_refund_no}",
		"POST /v3/refund/domestic/refunds/{refund_id}/apply-abnormal-refund")
	need(t, ops, "GET /v3/ecommerce/refunds/id/{refund_id}",
		"POST /v3/ecommerce/refunds/{refund_id}/return-advance")
}

func checkTrailingSlashes(t *testing.T, ops map[string]*rawspec.Operation) {
	need(t, ops, "POST /v3/ecommerce/applyments/", "POST /v3/applyment4sub/applyment/")
	for name := range ops {
		if strings.HasSuffix(name, "/") && name != "POST /v3/ecommerce/applyments/" &&
			name != "POST /v3/applyment4sub/applyment/" {
			t.Errorf("%s ends in a slash", name)
		}
	}
}

func checkUnderscores(t *testing.T, ops map[string]*rawspec.Operation) {
	need(t, ops, "GET /v3/apply4sub/sub_merchants/{sub_mchid}/settlement",
		"POST /v3/apply4sub/sub_merchants/{sub_mchid}/modify-settlement",
		"POST /v3/merchant/media/video_upload",
		"GET /v3/businesscircle/users/{openid}/points/commit_status")
	for name := range ops {
		if strings.Contains(name, "sub-merchants/{sub_mchid}/settlement") {
			t.Errorf("%s: the segment is sub_merchants on the wire", name)
		}
	}
}

func checkVerbSegments(t *testing.T, ops map[string]*rawspec.Operation) {
	need(t, ops, "POST /v3/profitsharing/receivers/delete", "POST /v3/profitsharing/receivers/add")
}

func checkHongKong(t *testing.T, ops map[string]*rawspec.Operation) {
	for name, op := range ops {
		if strings.Contains(name, " /v3/global/") &&
			op.Server() != "https://apihk.mch.weixin.qq.com" {
			t.Errorf("%s: %s: server is %q", op.Pos(), name, op.Server())
		}
	}
}

func checkServerPath(t *testing.T, ops map[string]*rawspec.Operation) {
	for _, op := range need(t, ops, "POST /v3/refunds", "GET /v3/refunds", "POST /v3/merchants",
		"POST /v3/transactions/micropay", "GET /v3/statements") {
		if op.Server() != "https://api.mch.weixin.qq.com/hk" {
			t.Errorf("%s: server is %q, its path /hk matters", op.Pos(), op.Server())
		}
	}
}

func checkSeveral(t *testing.T, ops map[string]*rawspec.Operation) {
	need(t, ops, "POST /v3/refunds", "GET /v3/refunds")
	need(t, ops, "GET /v3/marketing/membercard-open/cards/{card_id}",
		"PATCH /v3/marketing/membercard-open/cards/{card_id}",
		"DELETE /v3/marketing/membercard-open/cards/{card_id}")
	need(t, ops, "POST /v3/merchant-service/complaint-notifications",
		"GET /v3/merchant-service/complaint-notifications",
		"PUT /v3/merchant-service/complaint-notifications",
		"DELETE /v3/merchant-service/complaint-notifications")
}

const (
	deepField = "data[].normal_message.blocks[].faq_list.faqs[].action." +
		"mini_program_jump_info.appid"
	deepHookField = "collection.details[].promotion_detail[].goods_detail[].goods_id"
)

func checkDepth(t *testing.T, ops map[string]*rawspec.Operation) {
	op := need(t, ops,
		"GET /v3/merchant-service/complaints-v2/{complaint_id}/negotiation-historys")[0]
	_, _, schema := op.Reply()
	text := dig(schema, deepField)
	if text.Type() != "string" {
		t.Errorf("%s: %s is %q, wanted a string", op.Pos(), deepField, text.Type())
	}
	if hook := need(t, ops, "PAYSCORE.USER_PAID")[0]; dig(hook.Schema, deepHookField).
		Type() != "string" {
		t.Errorf("%s: %s is %q, wanted a string", hook.Pos(), deepHookField,
			dig(hook.Schema, deepHookField).Type())
	}
}

func checkJSONInString(t *testing.T, ops map[string]*rawspec.Operation) {
	op := need(t, ops,
		"POST /v3/mch-operation-manage/enhanced-due-diligence/{due_diligence_id}/submit")[0]
	data := dig(op.Schema, "submit_data")
	if data.Type() != "string" || !data.At("contentMediaType").Is("application/json") {
		t.Errorf("%s: submit_data is %q of %q", data.Pos(), data.Type(),
			data.At("contentMediaType").Text())
	}
	if ext := dig(op.Schema,
		"submit_data.record_fields[].check_rule.enum_file_exts[]"); !slices.Equal(ext.At("enum").
		Texts(), []string{"png", "jpg", "jpeg"}) {
		t.Errorf("%s: enum_file_exts is %q", ext.Pos(), ext.At("enum").Texts())
	}
}

func checkMultipart(t *testing.T, ops map[string]*rawspec.Operation) {
	op := need(t, ops, "POST /v3/mch-manage/submission-files/sub-mchid/{sub_mchid}/upload")[0]
	if file := dig(op.Schema, "submission_file"); !file.At("format").Is("binary") {
		t.Errorf("%s: submission_file is %q, wanted binary", op.Pos(), file.At("format").Text())
	}
	if d := dig(op.Schema, "meta.file_digest"); !d.At("x-wxpay-file").Is("sha256") {
		t.Errorf("%s: meta.file_digest is the file's sha256: x-wxpay-file says %q", d.Pos(),
			d.At("x-wxpay-file").Text())
	}
	secret := need(t, ops, "POST /v3/marketing/shopping-receipt/shoppingreceipts")[0]
	if phone := dig(secret.Schema,
		"meta.merchant_contact_information.consultation_phone_number"); !phone.At(
		"x-wxpay-sensitive").Is("true") {
		t.Errorf("%s: the phone number inside the meta part is sealed", phone.Pos())
	}
}

func checkDownloads(t *testing.T, ops map[string]*rawspec.Operation) {
	var files int
	for _, op := range ops {
		if op.At("x-wxpay-unsigned").Is("true") {
			files++
		}
	}
	if files != 8 {
		t.Errorf("%d operations are x-wxpay-unsigned, wanted the 8 that answer with a file", files)
	}
	need(t, ops, "GET /v3/billdownload/file", "GET /v3/merchant-service/images/{media_id}",
		"GET /v3/transferdownload/signfile")
}

func checkSealedQuery(t *testing.T, ops map[string]*rawspec.Operation) {
	op := need(t, ops, "GET /v3/realname/verify")[0]
	for _, name := range []string{"encrypted_credential_id", "encrypted_name"} {
		if !op.Parameter("query", name).At("schema", "x-wxpay-sensitive").Is("true") {
			t.Errorf("%s: %s is sealed", op.Pos(), name)
		}
	}
}

func checkVariants(t *testing.T, ops map[string]*rawspec.Operation) {
	hook := need(t, ops, "MCHWITHDRAW.CHANGE")[0]
	// of all three variants, of the first, of the last
	for _, name := range []string{"withdraw_id", "solution", "total_amount"} {
		if !dig(hook.Schema, name).Exists() {
			t.Errorf("%s: %s is missing", hook.Schema.Pos(), name)
		}
	}
	if required := hook.Schema.At("required").Texts(); !slices.Contains(required, "withdraw_id") ||
		slices.Contains(required, "solution") {
		t.Errorf("%s: required is %q: what only some variants have is optional", hook.Schema.Pos(),
			required)
	}
}

func checkCorrected(t *testing.T, ops map[string]*rawspec.Operation) {
	_, _, schema := need(t, ops,
		"GET /v3/lovefeast/users/{openid}/orders/out-trade-no/{out_trade_no}")[0].Reply()
	if total := dig(schema, "amount.payer_total"); total.Type() != "integer" {
		t.Errorf("%s: amount.payer_total is %q, wanted the integer that the corrections add",
			schema.Pos(), total.Type())
	}
}
