package rawspec

import "strconv"

// A Choice is a rule on fields: all fields of at least one branch must be set.
type Choice struct {
	Branches [][]string
	Exactly  bool // of one branch only
}

// Choices are the choices among the properties of a schema, or among the parameters of an
// operation.
func (v View) Choices() (list []Choice) {
	for key, exactly := range map[string]bool{"anyOf": false, "x-wxpay-any-of": false,
		"oneOf": true, "x-wxpay-one-of": true} {
		c := Choice{Exactly: exactly}
		for _, branch := range v.At(key).List() {
			c.Branches = append(c.Branches, branch.At("required").Texts())
		}
		if c.Branches != nil {
			list = append(list, c)
		}
	}
	for _, part := range v.At("allOf").List() {
		list = append(list, part.Choices()...)
	}
	return list
}

// Bound is the number at a key, as maxLength; ok is false if there is none.
func (v View) Bound(key string) (n int, ok bool) {
	n, err := strconv.Atoi(v.At(key).Text())
	return n, err == nil
}
