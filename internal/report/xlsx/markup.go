package xlsx

import (
	"readiness/internal/report/ooxml"
)

// node is an element of the workbook.
type node = ooxml.Node

func el(name string, kids ...node) node { return ooxml.El(name, kids...) }

// val is an element whose one attribute says it all.
func val(name, value string) node { return el(name).Set("val", value) }

// says is an element with a text that neither begins nor ends with a blank.
func says(name, s string) node { return node{Name: name, Text: s} }

func num(n int) string { return ooxml.Num(n) }

// column is the name of a column, 0 for A. A sheet has few.
func column(i int) string { return string(rune('A' + i)) }
