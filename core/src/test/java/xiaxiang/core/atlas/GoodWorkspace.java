package xiaxiang.core.atlas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// A small workspace without a mistake, one county with two townships and three villages, to be spoilt by tests.
public final class GoodWorkspace {
    private GoodWorkspace() {}

    /// File names with their text.
    public static Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        files.put("divisions.csv", """
                code,name,name_en,level,parent,tier,urban_rural,lon,lat,datum,point_kind,valid_from,valid_to,successors,source,kind
                41,伊川县,Yichuan,county,,county_town,,112.40,34.40,WGS-84,observed,,,,census,observed
                4101,城关镇,Chengguan,township,41,county_town,121,112.43,34.41,GCJ-02,observed,,,,census,observed
                4102,鸣皋镇,Minggao,township,41,township,210,112.29,34.31,BD-09,observed,,,,census,observed
                410101,东村,East,village,4101,township,220,112.44,34.42,WGS-84,modelled,,,,census,observed
                410201,西村,West,village,4199,township,220,112.28,34.32,WGS-84,modelled,,,,census,observed
                4199,老鸣皋乡,Old Minggao,township,41,township,,,,,,1950-01-01,2010-12-31,4102,gazette,observed
                410102,南村,South,village,4101,township,220,112.43,34.38,WGS-84,modelled,,,,census,observed
                """);
        files.put("people.csv", """
                code,year,persons,income_index,source,kind
                41,2020,1000,0.8,census,observed
                4101,2020,600,1.1,census,observed
                4199,2020,400,0.7,census,observed
                410101,2020,300,0.7,rule,modelled
                """);
        files.put("brands.csv", """
                id,name,name_en,colour,online_share,rest,source,kind
                mi,小米,Xiaomi,#d55e00,0.7,false,report,observed
                oppo,OPPO,OPPO,#5b9a86,0.1,false,report,observed
                rest,其他,Others,#999999,0.2,true,report,observed
                """);
        files.put("models.csv", """
                brand,model,band,price_fen,brand_margin_fen,dealer_margin_fen,source,kind
                mi,A,entry,69900,5600,4000,report,observed
                oppo,R9,mid,249900,30000,20000,report,observed
                """);
        files.put("shops.csv", """
                id,name,name_en,division,lon,lat,datum,owner,format,brands,units_month,dealer_margin_fen,promoters,sign,closing_fen,running_fen_year,break_even_units_year,source,kind
                s1,小米之家,Mi Home,4101,112.43,34.41,WGS-84,own,brand_shop,mi,mi:80,mi:6000,2,true,500000,9000000,400,list,observed
                s2,镇东手机店,East Phones,4199,112.28,34.31,WGS-84,rival,owner_run,oppo|rest,oppo:30,oppo:15000,1,true,,0,100,list,synthetic
                """);
        files.put("sites.csv", """
                id,name,name_en,division,lon,lat,datum,action,shop,format,promoters,sign,models_carried,fit_out_fen,running_fen_year,dealer_margin_fen,break_even_units_year,source,kind
                c1,新店,New,4102,112.29,34.31,WGS-84,open,,authorised_shop,1,true,8,5000000,2000000,8000,200,rule,modelled
                c2,签约,Sign,4102,112.28,34.31,WGS-84,sign,s2,authorised_shop,0,true,6,1500000,600000,9000,150,rule,modelled
                c3,升级,Upgrade,4101,112.43,34.41,WGS-84,upgrade,s1,brand_shop,3,true,12,8000000,9900000,6000,400,rule,modelled
                """);
        files.put("channels.csv", """
                period,place,brand,measure,value,unit,note,source,kind
                2016,CN,,online share of retail,12.6,pct,,NBS,observed
                """);
        files.put("market.csv", """
                place,period,table,brand,measure,share_pct,units_million,rounding_pct,lists_top,note,source,kind
                CN,2017Q3,IDC,Xiaomi,shipment,13.7,15.7,0.1,2,,IDC,observed
                CN,2017Q3,IDC,OPPO,shipment,18.8,,0.1,2,,IDC,observed
                CN,2017Q3,IDC,Others,shipment,67.5,,0.1,2,,IDC,observed
                CN,2017Q3,IDC,Total,shipment,100,114.6,0.1,2,,IDC,observed
                """);
        files.put("visits.csv", """
                date,division,shop,who,quote,quote_en,need,need_en,brand,rival_margin_fen,price_fen,units_month,source,kind
                2017-03-15,4199,s2,owner,先给门头,The sign first,门头,a sign,oppo,13000,199900,30,interview,observed
                """);
        files.put("boundaries.geojson", """
                {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"41"},"geometry":
                {"type":"Polygon","coordinates":[[[112.2,34.2],[112.6,34.2],[112.6,34.6],[112.2,34.6],[112.2,34.2]]]}}]}
                """);
        return files;
    }

    /// Writes files into a folder.
    public static void write(Path folder, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
}
