#!/usr/bin/env python3
"""Writes the middle points of first-level divisions and those chosen by hand into the tables.

    python3 data/places/build_points.py world_map.gpkg

The file holds the first-level divisions of Natural Earth 1:10 million, 4.1 (public domain), a little smoothed, as the
Debian package qgis-common carries it (/usr/share/qgis/resources/data/world_map.gpkg). Needs shapely and numpy.

A division's point is the middle of its area. Which shapes are a division's is told by the places of cities.tsv in them,
for codes and names differ between the two sources: nearly all places of the shape lie in the division, and most places of the
division in its shapes. Where that fails (Natural Earth has other divisions) the point is the middle of the
extent of its places. The rows of extra.tsv that are the same division (by geonameid) get the same point. points.tsv, last,
holds points chosen by hand. Running it twice changes nothing.
"""

import collections
import math
import pathlib
import sqlite3
import statistics
import sys

import numpy
import shapely

from build_features import distance
from build_places import table

HERE = pathlib.Path(__file__).resolve().parent
NEARLY_ALL = 0.8
MOST = 0.6  # less, as places by the sea may lie outside a smoothed coast
FEW_PLACES = 5  # below it the median
MANY_PLACES = 30  # from here on the outermost are left out
OUTERMOST = 0.02
FAR_KM = 300  # so far from all its places no division has its middle


def shape_of(blob):
    """A shape of a GeoPackage: a header of its own before the well-known binary form."""
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[blob[3] >> 1 & 7]
    return shapely.make_valid(shapely.from_wkb(bytes(blob[8 + envelope :])))


def middle_of_area(shapes):
    """Middle of the area, in degrees. Each part is measured on a plane that keeps areas; the parts' middles are then added
    up in space, as they may lie on both sides of the 180th meridian."""
    total = numpy.zeros(3)
    for part in (part for shape in shapes for part in getattr(shape, "geoms", [shape])):
        flat = shapely.transform(part, lambda at: numpy.column_stack([numpy.radians(at[:, 0]), numpy.sin(numpy.radians(at[:, 1]))]))
        if flat.area > 0:
            lon, sine = flat.centroid.x, flat.centroid.y
            cosine = math.sqrt(1 - sine * sine)
            total += flat.area * numpy.array([cosine * math.cos(lon), cosine * math.sin(lon), sine])
    x, y, z = total / numpy.linalg.norm(total)
    return math.degrees(math.asin(z)), math.degrees(math.atan2(y, x))


def middle_of_places(places):
    """Middle of the extent of the places of a division; their median where they are few, or where one that is put in the
    wrong division draws the middle far away from all."""
    extent, median = [], []
    for axis in ("lat", "lon"):
        values = sorted(float(place[axis]) for place in places)
        if values[-1] - values[0] > 180:  # on both sides of the 180th meridian
            values = sorted(value % 360 for value in values)
        cut = math.ceil(len(values) * OUTERMOST) if len(values) >= MANY_PLACES else 0
        extent.append((values[cut] + values[-1 - cut]) / 2)
        median.append(statistics.median(values))
    few = len(places) < FEW_PLACES or not is_near(extent, places)
    lat, lon = median if few else extent
    return lat, (lon + 180) % 360 - 180


def is_near(point, places):
    """Whether a point lies near one of the places."""
    return any(distance(point, (float(place["lat"]), float(place["lon"]))) <= FAR_KM for place in places)


def divisions(path, cities):
    """Points by (iso2, admin1), and how many of them are middles of areas."""
    rows = sqlite3.connect(path).execute("select geom from states_provinces where geom is not null")
    shapes = [shape_of(blob) for (blob,) in rows]
    points = [shapely.Point(float(city["lon"]), float(city["lat"])) for city in cities]
    inside = collections.defaultdict(collections.Counter)
    for city, shape in zip(*shapely.STRtree(shapes).query(points, predicate="within")):
        inside[shape][cities[city]["iso2"], cities[city]["admin1"]] += 1
    places = collections.defaultdict(list)
    for city in cities:
        places[city["iso2"], city["admin1"]].append(city)
    found, covered = collections.defaultdict(list), collections.Counter()
    for shape, count in sorted(inside.items()):
        division, most = count.most_common(1)[0]
        if division[1] and most >= NEARLY_ALL * count.total():
            found[division].append(shapes[shape])
            covered[division] += most
    by_area = {}
    for division, parts in found.items():
        middle = middle_of_area(parts)
        if is_near(middle, places[division]) and covered[division] >= MOST * len(places[division]):
            by_area[division] = middle
    return {division: middle_of_places(within) for division, within in places.items()} | by_area, len(by_area)


def rewrite(name, change):
    """Writes a table anew with what `change` makes of each row; comments, order and the other cells stay."""
    path = HERE / name
    lines = path.read_text("utf-8").splitlines()
    header = None
    for at, line in enumerate(lines):
        if line.startswith("# ") or not line:
            continue
        if header is None:
            header = line.split("\t")
            continue
        row = dict(zip(header, line.split("\t")))
        change(row)
        lines[at] = "\t".join(row[column] for column in header)
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    points, by_area = divisions(sys.argv[1], table(HERE / "cities.tsv"))
    by_hand = {(row["table"], row["key"]): row for row in table(HERE / "points.tsv")}
    used = set()
    middle = {}

    def put(row, file, key, digits):
        if (file, key) in by_hand:
            used.add((file, key))
            for axis in ("lat", "lon"):
                row[axis] = f"{float(by_hand[file, key][axis]):.{digits}f}"

    def division(row):
        at = points.get((row["iso2"], row["admin1"]))
        if at:
            row["lat"], row["lon"] = (f"{degrees:.2f}" for degrees in at)
        put(row, "admin1", f"{row['iso2']}.{row['admin1']}", 2)
        middle[row["geonameid"]] = row["lat"], row["lon"]

    def region(row):
        if row["kind"] == "province" and row["geonameid"] and all(middle.get(row["geonameid"], ("", ""))):
            row["lat"], row["lon"] = (f"{float(degrees):.4f}" for degrees in middle[row["geonameid"]])
        put(row, "extra", row["name"], 4)

    rewrite("countries.tsv", lambda row: put(row, "countries", row["iso3"], 2))
    rewrite("admin1.tsv", division)
    rewrite("extra.tsv", region)
    rewrite("features.tsv", lambda row: put(row, "features", row["name"], 4))
    for file, key in sorted(by_hand.keys() - used):
        print(f"points.tsv: no row {key} in {file}.tsv")
    print(f"{by_area} of {len(middle)} divisions by their area, {len(used)} points by hand")


if __name__ == "__main__":
    main()
