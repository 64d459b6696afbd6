package naming

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/draft"
	"github.com/wxgen/wxgen/internal/names"
)

// What becomes an entry of components/schemas, and how it is called.
//
// Every enum of strings does: its constants carry the type's name, so that should be short. An object does when the same
// shape stands in two places of a service, and when the name it would have inline (<parent><Field>, whole) gets too long.
// The same shape means the same fields, types, marks and values; labels may differ, and each use keeps its own. Small
// shapes must share the field's name too, for two fields of {name, value} have little else in common.
//
// A shape whose Go type depends on its use (package load makes optional numbers and booleans pointers in requests alone)
// gets one entry for requests and one for responses, the latter under the same name with Result at its end.
//
// The name is the field's, in the singular. Where several shapes want the same one, the one in most places keeps it and
// the others say what they belong to, by the first of these that is free: the object around them (PromotionGoodsDetail),
// the thing the operation is about (TransactionAmount), the corner of the service (PartnerAmount), the operation itself
// (CloseOrderAmount). Words that mean nothing alone (type, state, data, list …) always take the object or thing along.
// Names in the description are never changed: what an import adds steps around them.

// use is a place where a shape stands.
type use struct {
	schema   *draft.Schema
	owner    *Owner
	fields   []string // from the root of the body to here
	around   []ring   // the objects around it, outermost first; the first is the body itself
	response bool
	embedded bool // the JSON of a string: its type marshals itself, so nobody else can use it
}

// ring is an object around a use, and at how many fields from the root it stands.
type ring struct {
	*draft.Schema
	depth    int
	embedded bool // the JSON of a string
}

// Owner is what types are named after: an operation or a notification.
type Owner struct {
	ID      string   // operationId
	Subject string   // "Transaction"
	Context []string // "partner"
	Prefix  string   // of all its types: the family of a notification
	Place   string   // unique: method and path
}

// shape is all uses of one shape.
type shape struct {
	key   string
	uses  []*use
	base  string
	name  string
	twin  string // key of the same shape in requests, if this is for responses
	enum  bool
	first int
}

// Sharer decides which shapes become components.
type Sharer struct {
	uses   []*use
	shapes map[string]*shape
	shared map[string]bool // keys of shapes that are components
	pinned map[string]string
	taken  map[string]bool
}

// Add collects the uses of shapes below a body or a parameter.
func (sh *Sharer) Add(o *Owner, response bool, root *draft.Schema, fields ...string) {
	sh.walk(&use{schema: root, owner: o, fields: fields, response: response})
}

func (sh *Sharer) walk(u *use) {
	s := u.schema.Leaf()
	v := *u
	v.schema = s
	if s.IsEnum() || len(s.Props) > 0 && len(u.fields) > 0 {
		sh.uses = append(sh.uses, &v)
	}
	if s.Content != nil {
		sh.walk(&use{schema: s.Content, owner: u.owner, fields: u.fields, around: u.around, response: u.response, embedded: true})
	}
	around := append(slices.Clip(u.around), ring{s, len(u.fields), u.embedded})
	for _, p := range s.Props {
		fields := append(slices.Clip(u.fields), p.Name)
		sh.walk(&use{schema: p.Schema, owner: u.owner, fields: fields, around: around, response: u.response})
	}
}

func (u *use) field() string { return fieldOf(u.fields[len(u.fields)-1]) }

// fieldOf is what a field is one of: the singular, without the list that says that there are many.
func fieldOf(name string) string {
	words := split(name)
	if n := len(words); n > 1 && strings.EqualFold(words[n-1], "list") {
		name = strings.Join(words[:n-1], "_")
	}
	return singular(name)
}

// shapeKey says which uses share a type.
func (u *use) shapeKey() string { return ShapeKey(u.schema, u.field(), u.response) }

func ShapeKey(s *draft.Schema, field string, response bool) string {
	k := s.Key()
	if len(s.Props) < 4 && len(s.Enum) < 4 {
		k = field + " " + k
	}
	if s.Bends() && response {
		k += responseOnly
	}
	return k
}

const responseOnly = " <-"

// Run decides. Pinned are the components of the description, by the key of their shape.
func (sh *Sharer) Run(pinned map[string]string, taken map[string]bool) []*draft.Component {
	sh.pinned, sh.taken = pinned, taken
	sh.shapes, sh.shared = map[string]*shape{}, map[string]bool{}
	for i, u := range sh.uses {
		k := u.shapeKey()
		if sh.shapes[k] == nil {
			sh.shapes[k] = &shape{key: k, enum: u.schema.IsEnum(), first: i}
			if short, ok := strings.CutSuffix(k, responseOnly); ok {
				sh.shapes[k].twin = short
			}
		}
		sh.shapes[k].uses = append(sh.shapes[k].uses, u)
	}
	for range 8 { // a name may turn out to be that of an inline type: it is taken then
		sh.decide()
		sh.name(sh.chosen())
		for sh.promote() {
			sh.name(sh.chosen())
		}
		if !sh.clashes() {
			break
		}
	}
	return sh.components()
}

// clashes finds components that have the name of an inline type, bans these names and forgets all that it gave.
func (sh *Sharer) clashes() bool {
	inline := map[string]bool{}
	for _, u := range sh.uses {
		if !sh.shared[u.shapeKey()] && !u.schema.IsEnum() {
			name, _ := sh.inline(u)
			inline[name] = true
		}
	}
	found := false
	for _, s := range sh.shapes {
		found = found || s.name != "" && inline[s.name]
	}
	if !found {
		return false
	}
	for _, s := range sh.shapes {
		if _, pinned := sh.pinned[s.key]; !pinned && s.name != "" {
			delete(sh.taken, s.name)
		}
		s.name = ""
	}
	for name := range inline {
		sh.taken[name] = true
	}
	return true
}

// decide marks the shapes that stand in two places. Outer shapes come first: what stands in a shared object stands in one place.
func (sh *Sharer) decide() {
	all := slices.SortedFunc(maps.Values(sh.shapes), func(a, b *shape) int {
		return cmp.Or(cmp.Compare(b.uses[0].schema.Height(), a.uses[0].schema.Height()), cmp.Compare(a.first, b.first))
	})
	for _, s := range all {
		places := map[string]bool{}
		embedded := false
		for _, u := range s.uses {
			places[sh.placeOf(u)] = true
			embedded = embedded || u.embedded
		}
		_, known := sh.pinned[s.key]
		sh.shared[s.key] = !embedded && (known || s.enum || len(places) > 1)
	}
}

// placeOf is where a use stands: in a shared object around it, or in its own operation.
func (sh *Sharer) placeOf(u *use) string {
	for _, r := range slices.Backward(u.around) {
		if r.depth == 0 {
			break
		}
		if k := ShapeKey(r.Schema, fieldOf(u.fields[r.depth-1]), u.response); sh.shared[k] {
			return k + "/" + strings.Join(u.fields[r.depth:], "/")
		}
	}
	side := ">"
	if u.response {
		side = "<"
	}
	return u.owner.Place + side + strings.Join(u.fields, "/")
}

// chosen returns the shared shapes without a name, most used first.
func (sh *Sharer) chosen() []*shape {
	var out []*shape
	for k, s := range sh.shapes {
		if sh.shared[k] && s.name == "" {
			s.base = sh.base(s)
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b *shape) int {
		return cmp.Or(cmp.Compare(len(a.twin), len(b.twin)), cmp.Compare(len(b.uses), len(a.uses)), cmp.Compare(a.first, b.first))
	})
	return out
}

// base is the name most of the uses give: the field's.
func (sh *Sharer) base(s *shape) string {
	count := map[string]int{}
	for _, u := range s.uses {
		count[Exported(u.field())]++
	}
	return slices.MinFunc(slices.Collect(maps.Keys(count)), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	})
}

func (sh *Sharer) name(shapes []*shape) {
	for _, s := range shapes {
		if n, ok := sh.pinned[s.key]; ok {
			s.name = n
		}
	}
	for _, s := range shapes {
		if s.name != "" {
			continue
		}
		candidates := sh.candidates(s)
		i := slices.IndexFunc(candidates, func(n string) bool { return n != "" && !sh.taken[n] && sh.constantsFree(s, n) })
		if i >= 0 {
			s.name = candidates[i]
		} else { // people have taken every one of them
			for s.name = candidates[len(candidates)-1]; sh.taken[s.name]; {
				s.name += "Value"
			}
		}
		sh.taken[s.name] = true
	}
}

// constantsFree reports whether no constant of an enum would have the name of a type.
func (sh *Sharer) constantsFree(s *shape, name string) bool {
	for _, v := range s.uses[0].schema.Enum {
		if c, err := names.Constant(name, v.Value); err == nil && sh.taken[c] {
			return false
		}
	}
	return true
}

// candidates lists the names for a shape, best first.
func (sh *Sharer) candidates(s *shape) []string {
	var out []string
	prefix := s.uses[0].owner.Prefix
	if t := sh.shapes[s.twin]; s.twin != "" && t != nil && t.name != "" {
		out = append(out, t.name+"Result")
	}
	around := common(s.uses, (*use).parent)
	subject := common(s.uses, func(u *use) string { return u.owner.Subject })
	corner := common(s.uses, func(u *use) string { return Exported(u.owner.Context...) })
	if !vague(s.base) {
		out = append(out, join(prefix, s.base))
	}
	if around != "" {
		out = append(out, join(prefix, join(around, s.base)))
	}
	if subject != "" {
		out = append(out, join(prefix, join(subject, s.base)))
		if around != "" {
			out = append(out, join(prefix, join(subject, join(around, s.base))))
		}
	}
	for _, c := range last(s.uses[0].owner.Context) {
		if corner != "" {
			out = append(out, join(Exported(c), s.base), join(Exported(c), join(subject, s.base)), join(Exported(c), join(around, s.base)))
		}
	}
	u := s.uses[0]
	if prefix != "" || around == "" && subject == "" && !s.enum {
		out = append(out, join(prefix, s.base))
	}
	out = append(out, join(prefix, join(u.owner.Subject, join(u.parent(), s.base))), join(u.owner.ID, s.base), join(u.owner.ID, join(u.parent(), s.base)),
		u.owner.ID+Exported(u.fields...), u.owner.ID+Exported(u.fields...)+"Result")
	return out
}

// last returns the words of a context, nearest first.
func last(context []string) []string {
	c := slices.Clone(context)
	slices.Reverse(c)
	return c
}

// common returns what all uses have in common, or "".
func common(uses []*use, of func(*use) string) string {
	v := of(uses[0])
	for _, u := range uses[1:] {
		if of(u) != v {
			return ""
		}
	}
	return v
}

// parent names the object around a use, without words that say nothing; "" at the top.
func (u *use) parent() string {
	for i := len(u.fields) - 2; i >= 0; i-- {
		words := split(singular(u.fields[i]))
		for len(words) > 0 && slices.Contains(fillers, strings.ToLower(words[len(words)-1])) {
			words = words[:len(words)-1]
		}
		if len(words) > 0 {
			return Exported(words...)
		}
	}
	return ""
}

// join puts a qualifier before a name, unless the name says it already: Receiver + ReceiverType, Refund + RefundStatus.
func join(qualifier, name string) string {
	if strings.HasPrefix(name, qualifier) {
		return name
	}
	for i := range len(qualifier) { // PayScoreOrder + OrderState: PayScoreOrderState
		if upper(qualifier[i]) && len(qualifier)-i > 2 && strings.HasPrefix(name, qualifier[i:]) {
			return qualifier[:i] + name
		}
	}
	return qualifier + name
}

func upper(c byte) bool { return c >= 'A' && c <= 'Z' }

var fillers = strings.Fields("info information detail list data item meta result")

// vague reports whether a name says nothing by itself.
func vague(name string) bool {
	return slices.Contains(vagueNames, name)
}

var vagueNames = strings.Fields(`Action Category Channel Code Config Content Data Detail Flag Info Information Item Kind Level List Meta Method Mode
	Name No Option Reason Record Region Result Role Rule Scene Scope Source State Status Style Target Time Type Unit Value Version Text Title Event Format
	Key Label Desc Description Extra Ext Param Params Field Fields Operation Range Account From Business Bank`)

const tooLong, tooDeep = 45, 3

// promote makes components of objects whose inline names would be monstrous. Their fields get shorter names with it, so
// one round may be followed by another.
func (sh *Sharer) promote() bool {
	found := false
	for _, u := range sh.uses {
		k := u.shapeKey()
		if u.schema.IsEnum() || sh.shared[k] || u.embedded {
			continue
		}
		name, depth := sh.inline(u)
		if len(name) <= tooLong && depth <= tooDeep {
			continue
		}
		if parent := sh.around(u); parent != nil && sh.isLong(parent) {
			continue // the object around comes first, this round
		}
		sh.shared[k] = true
		found = true
	}
	return found
}

func (sh *Sharer) isLong(u *use) bool {
	name, depth := sh.inline(u)
	return !sh.shared[u.shapeKey()] && !u.embedded && (len(name) > tooLong || depth > tooDeep)
}

// around returns the use of the object around, nil if that is the body.
func (sh *Sharer) around(u *use) *use {
	if len(u.around) < 2 {
		return nil
	}
	rest, r := u.around[:len(u.around)-1], u.around[len(u.around)-1]
	return &use{schema: r.Schema, owner: u.owner, fields: u.fields[:r.depth], around: rest, response: u.response,
		embedded: r.embedded}
}

// inline returns the Go name that an object has while it stands inline, and how deep it stands.
func (sh *Sharer) inline(u *use) (string, int) {
	field := Exported(u.fields[len(u.fields)-1])
	parent := sh.around(u)
	if parent == nil {
		side := "Request"
		if u.response {
			side = "Response"
		}
		return u.owner.ID + side + field, 1
	}
	if k := parent.shapeKey(); sh.shared[k] && sh.shapes[k] != nil {
		return sh.shapes[k].name + field, 1
	}
	name, depth := sh.inline(parent)
	return name + field, depth + 1
}

// components ties every use to its component and returns the new ones, enums first, by name.
func (sh *Sharer) components() []*draft.Component {
	var out []*draft.Component
	for _, s := range sh.shapes {
		if !sh.shared[s.key] {
			continue
		}
		_, pinned := sh.pinned[s.key]
		c := &draft.Component{Name: s.name, Schema: bestOf(s.uses)}
		for _, u := range s.uses {
			u.schema.Ref = c
		}
		if !pinned {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b *draft.Component) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Name, b.Name))
	})
	return out
}

func rank(c *draft.Component) int {
	if c.Schema.IsEnum() {
		return 0
	}
	return 1
}

// bestOf picks the use that says most about the values, and copies it to be the component.
func bestOf(uses []*use) *draft.Schema {
	best := uses[0]
	for _, u := range uses[1:] {
		if draft.Labelled(u.schema) > draft.Labelled(best.schema) {
			best = u
		}
	}
	c := *best.schema
	c.Question = ""
	if c.Label == "" && len(best.around) > 0 {
		c.Label = arrayLabel(best)
	}
	return &c
}

// arrayLabel is the label of the list that a use is an element of, said of one.
func arrayLabel(u *use) string {
	for _, p := range u.around[len(u.around)-1].Props {
		if p.Name == u.fields[len(u.fields)-1] {
			return strings.TrimSuffix(p.Label, "列表")
		}
	}
	return ""
}

// FieldsFor guesses the fields that a component's name was made of: OrderState stands for state and order_state.
func FieldsFor(name string) []string {
	var words []string
	start := 0
	for i := 1; i <= len(name); i++ {
		if i == len(name) || upper(name[i]) && !upper(name[i-1]) {
			words = append(words, strings.ToLower(name[start:i]))
			start = i
		}
	}
	var out []string
	for i := range words {
		out = append(out, strings.Join(words[i:], "_"), strings.Join(words[i:], "-"))
	}
	return out
}
